import 'server-only';
import { Refusal } from '#lib/errors';

/** The last row of a page by its place in the input, and how many rows there were up to it. */
export type After = { ordinal: number; at: number };

export function writeCursor({ ordinal, at }: After): string {
  return `${ordinal}.${at}`;
}

/** An ordinal alone is enough in the order of the input. */
export function readCursor(cursor: string | number | undefined): After | null {
  if (cursor === undefined || cursor === '' || Number(cursor) === 0) return null;
  const [, ordinal, at] = /^(\d{1,10})(?:\.(\d{1,10}))?$/.exec(String(cursor)) ?? [];
  if (ordinal === undefined)
    throw new Refusal('invalid', 'This cursor is not one that a page of results gave.');
  return { ordinal: Number(ordinal), at: Number(at ?? ordinal) };
}
