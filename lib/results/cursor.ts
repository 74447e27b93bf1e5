import 'server-only';
import { Refusal } from '#lib/errors';

/** The last row of a page: its place in the input, its place among those that were meant, and what it was sorted by. */
export type After = { ordinal: number; at: number; key: string | number };

/** In the order of the input the ordinal says it all. */
export function writeCursor({ ordinal, at, key }: After): string {
  if (key === ordinal) return String(ordinal);
  return Buffer.from(JSON.stringify([ordinal, at, key])).toString('base64url');
}

export function readCursor(cursor: string | number | undefined): After | null {
  if (cursor === undefined || cursor === '') return null;
  const ordinal = Number(cursor);
  if (Number.isSafeInteger(ordinal) && ordinal >= 0) return { ordinal, at: 0, key: ordinal };
  try {
    const read = JSON.parse(Buffer.from(String(cursor), 'base64url').toString('utf8')) as unknown[];
    const [place, at, key] = read;
    if (
      typeof place === 'number' &&
      typeof at === 'number' &&
      (typeof key === 'string' || typeof key === 'number')
    )
      return { ordinal: place, at, key };
  } catch {}
  throw new Refusal('invalid', 'This cursor is not one that a page of results gave.');
}
