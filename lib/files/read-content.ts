import 'server-only';
import type { ByteRange } from '#lib/blobs/blobs';
import type { Context } from '#lib/context';
import { openFile } from './open-file.ts';

export type FileContent = {
  name: string;
  type: string;
  bytes: number;
  sha256: string;
  read(span?: ByteRange): AsyncIterable<Uint8Array>;
};

/** Exactly the bytes that were uploaded, or a span of them. */
export async function readContent(ctx: Context, id: string): Promise<FileContent> {
  const { file, blobKey } = await openFile(ctx, id);
  const { name, bytes, sha256 } = file;
  return { name, type: 'application/x-ndjson', bytes, sha256, read: (span) => ctx.blobs.read(blobKey, span) };
}
