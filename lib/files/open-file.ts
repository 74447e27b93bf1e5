import 'server-only';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import type { BatchFile } from '#lib/model/file';
import { reachFile } from './reach.ts';
import { showFile } from './show-file.ts';

/** A file and where its bytes are. */
export type OpenedFile = { file: BatchFile; blobKey: string };

export async function openFile(ctx: Context, id: string): Promise<OpenedFile> {
  demand(ctx, 'read');
  const row = await reachFile(ctx, id);
  return { file: showFile(row), blobKey: row.blob_key };
}
