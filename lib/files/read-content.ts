import 'server-only';
import type { Context } from '#lib/context';
import { openFile } from './open-file.ts';

export type FileContent = {
  name: string;
  type: string;
  bytes: number;
  sha256: string;
  body: AsyncIterable<Uint8Array>;
};

/** Exactly the bytes that were uploaded. */
export async function readContent(ctx: Context, id: string): Promise<FileContent> {
  const { file, blobKey } = await openFile(ctx, id);
  const { name, bytes, sha256 } = file;
  return { name, type: 'application/x-ndjson', bytes, sha256, body: ctx.blobs.read(blobKey) };
}
