import 'server-only';
import { createHash } from 'node:crypto';
import type { Measured } from './index-orders.ts';

const most = 500;
const known = new Map<string, Promise<Measured>>();

/** Under a key whose bytes never change a measure is taken once. */
export function measuredOnce(key: string, measure: () => Promise<Measured>): Promise<Measured> {
  const taken = known.get(key) ?? measure();
  known.delete(key);
  known.set(key, taken);
  taken.catch(() => known.delete(key));
  for (const oldest of known.keys()) if (known.size > most) known.delete(oldest);
  return taken;
}

export async function measured(bytes: AsyncIterable<Uint8Array>): Promise<Measured> {
  const hash = createHash('sha256');
  let length = 0;
  for await (const chunk of bytes) {
    hash.update(chunk);
    length += chunk.length;
  }
  return { bytes: length, sha256: hash.digest('hex') };
}
