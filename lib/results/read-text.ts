import 'server-only';
import type { Context } from '#lib/context';
import { previewLimit, type RawText } from '#lib/model/result';
import type { InBlob } from './places-of.ts';

/** The beginning of some bytes as text, and how many there are. */
export async function readText(
  ctx: Pick<Context, 'blobs'>,
  { key, offset, length }: InBlob,
  most = previewLimit,
): Promise<RawText> {
  const short = Math.min(length, most);
  const chunks = await Array.fromAsync(ctx.blobs.read(key, { offset, length: short }));
  return { text: new TextDecoder().decode(Buffer.concat(chunks)), bytes: length, cut: length > short };
}
