import 'server-only';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { BatchFile } from '#lib/model/file';
import { tooLarge } from './inspect.ts';
import { keepFile } from './keep-file.ts';
import { type Pace, uploadPace, withPace } from './with-pace.ts';

export type Upload = {
  name: string;
  body: AsyncIterable<Uint8Array>;
  /** What the client announced; null where it did not. */
  contentLength: number | null;
  sha256: string | null;
  pace?: Pace;
};

/** A file from outside: no larger, no slower and no other than it was announced. */
export async function receiveFile(
  ctx: Context,
  upload: Upload,
  key: string | null = null,
): Promise<BatchFile> {
  demand(ctx, 'operate');
  const maxBytes = ctx.env.BATCHDECK_MAX_FILE_BYTES;
  const { name, contentLength: length, sha256, pace = uploadPace } = upload;
  if (sha256 !== null && !/^[0-9a-f]{64}$/i.test(sha256)) {
    throw new Refusal('invalid', 'x-content-sha256 must be 64 hexadecimal digits.');
  }
  if (length !== null && length > maxBytes) throw tooLarge(maxBytes);
  return keepFile(ctx, { name, body: withPace(upload.body, pace), length, sha256, origin: null }, key);
}
