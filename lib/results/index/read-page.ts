import 'server-only';
import { isUnfiltered, type ResultSort, type ResultsFilter } from '#lib/model/result-query';
import type { After } from '#lib/results/cursor';
import type { Page, PageOrder } from '#lib/results/index-orders';
import type { Slices } from '#lib/results/take-orders';
import { findOrdinals } from './find-ordinals.ts';
import type { View } from './open-view.ts';
import { orderOf } from './query-sql.ts';
import { asRow, type RawRow, rowsAt } from './row-shape.ts';

/** One page, as quick at the end of a batch as at its start. */
export function* readPage(view: View, { filter, sort, after, limit }: PageOrder): Slices<Page> {
  const { key } = orderOf(view, sort);
  const page = (raws: RawRow[], total: number, at: number, isLast: boolean): Page => {
    const last = raws.at(-1);
    const next = { ordinal: Number(last?.ordinal), at, key: last?.[key] as string | number };
    return { rows: raws.map((raw) => asRow(view, raw)), next: isLast || !last ? null : next, total };
  };
  if (isWalked(filter, sort)) {
    const raws = along(view, sort, after, limit + 1);
    return page(raws.slice(0, limit), view.total, 0, raws.length <= limit);
  }
  const ordinals = yield* findOrdinals(view, filter, sort);
  const start = after === null ? 0 : placeBehind(ordinals, after, sort);
  const end = start + limit;
  return page(rowsAt(view, ordinals.subarray(start, end)), ordinals.length, end, end >= ordinals.length);
}

/** Whether a page can be read along an index, without finding all that is meant first. */
export function isWalked(filter: ResultsFilter, sort: ResultSort = 'ordinal'): boolean {
  return isUnfiltered(filter) && !sort.endsWith('outcome');
}

/** Where a page goes on. A retry may have taken its last row out of what is meant. */
function placeBehind(ordinals: Uint32Array, { ordinal, at }: After, sort: ResultSort = 'ordinal'): number {
  const found = ordinals.indexOf(ordinal);
  if (found !== -1) return found + 1;
  if (sort !== 'ordinal' && sort !== '-ordinal') return at;
  const next = ordinals.findIndex((other) => (sort === 'ordinal' ? other > ordinal : other < ordinal));
  return next === -1 ? ordinals.length : next;
}

/** Rows of the whole batch from one on, read along the sort's own index. */
export function along(
  view: View,
  sort: ResultSort | undefined,
  after: After | null,
  limit: number,
): RawRow[] {
  const { key, way, beyond } = orderOf(view, sort);
  const order = `order by ${key} ${way}, ordinal ${way} limit ?`;
  if (after === null) return view.prepare(`select * from shown ${order}`).all(limit);
  return view
    .prepare(`select * from shown where (${key}, ordinal) ${beyond} (?, ?) ${order}`)
    .all(after.key, after.ordinal, limit);
}
