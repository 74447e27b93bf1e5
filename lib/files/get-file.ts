import 'server-only';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import type { BatchFile } from '#lib/model/file';
import { reachFile } from './reach.ts';
import { showFile } from './show-file.ts';

export async function getFile(ctx: Context, id: string): Promise<BatchFile> {
  demand(ctx, 'read');
  return showFile(await reachFile(ctx, id));
}
