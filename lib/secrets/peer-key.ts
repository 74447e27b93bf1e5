import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Keyring } from './keyring.ts';

const purpose = 'processes of one install';

/** What a process shows another one: only who holds the same master keys can make it. */
export function peerKey(keyring: Keyring): string {
  return keyring.mark(purpose);
}

export function isPeerKey(keyring: Keyring, given: string | null): boolean {
  if (given === null || keyring.locked !== null) return false;
  return keyring.marks(purpose).some((mark) => timingSafeEqual(digest(mark), digest(given)));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
