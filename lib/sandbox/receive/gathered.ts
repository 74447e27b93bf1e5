import 'server-only';
import type { Hash } from 'node:crypto';

const piece = 256 * 1024;

/** A body in pieces of some size, however small it comes, with a limit and its hash taken on the way. */
export async function* gathered(
  body: AsyncIterable<Uint8Array>,
  hash: Hash,
  tooLarge: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let held = Buffer.allocUnsafe(piece);
  let filled = 0;
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    tooLarge(bytes);
    if (filled + chunk.length > piece) {
      if (filled > 0) {
        const full = held.subarray(0, filled);
        hash.update(full);
        yield full;
        held = Buffer.allocUnsafe(piece);
        filled = 0;
      }
      if (chunk.length > piece) {
        hash.update(chunk);
        yield chunk;
        continue;
      }
    }
    held.set(chunk, filled);
    filled += chunk.length;
  }
  if (filled === 0) return;
  hash.update(held.subarray(0, filled));
  yield held.subarray(0, filled);
}
