import 'server-only';
import { Refused } from './answer.ts';

type Limits = { usual: number; most: number };

/** One page of a list, behind the item that `cursor` names. */
export function pageOf<Item extends { id: string }>(
  all: Item[],
  query: URLSearchParams,
  cursor: string,
  { usual, most }: Limits,
): { items: Item[]; more: boolean } {
  const limit = Math.min(most, Math.max(1, Number(query.get('limit')) || usual));
  const behind = query.get(cursor);
  const at = behind === null ? -1 : all.findIndex(({ id }) => id === behind);
  if (behind !== null && at === -1) {
    throw new Refused(`There is nothing with the id “${behind.slice(0, 100)}” to go on from.`, {
      param: cursor,
    });
  }
  return { items: all.slice(at + 1, at + 1 + limit), more: at + 1 + limit < all.length };
}
