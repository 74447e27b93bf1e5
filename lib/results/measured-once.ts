import 'server-only';
import { createHash } from 'node:crypto';
import type { Measured } from './index-orders.ts';
import { keptFew } from './kept-few.ts';

/** Under a key whose bytes never change a measure is taken once. */
export const measuredOnce = keptFew<Measured>(500);

export async function measured(bytes: AsyncIterable<Uint8Array>): Promise<Measured> {
  const hash = createHash('sha256');
  let length = 0;
  for await (const chunk of bytes) {
    hash.update(chunk);
    length += chunk.length;
  }
  return { bytes: length, sha256: hash.digest('hex') };
}
