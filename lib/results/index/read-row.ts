import 'server-only';
import type { ResultSort } from '#lib/model/result-query';
import type { RowAround, RowOrder } from '#lib/results/index-orders';
import type { Slices } from '#lib/results/take-orders';
import { findOrdinals } from './find-ordinals.ts';
import type { View } from './open-view.ts';
import { orderOf } from './query-sql.ts';
import { along, isWalked } from './read-page.ts';
import { asRow, type RawRow } from './row-shape.ts';

type Around = { previous: number | null; next: number | null };

/** One row with its neighbours among those that are meant. */
export function* readRow(view: View, { ordinal, filter, sort }: RowOrder): Slices<RowAround | null> {
  const raw = view.prepare('select * from shown where ordinal = ?').get(ordinal) as RawRow | undefined;
  if (!raw) return null;
  const around = isWalked(filter, sort)
    ? alongside(view, raw, sort)
    : besides(yield* findOrdinals(view, filter, sort), ordinal);
  return { row: asRow(view, raw), ...around, ...view.sources };
}

function alongside(view: View, raw: RawRow, sort: ResultSort = 'ordinal'): Around {
  const after = { ordinal: Number(raw.ordinal), at: 0, key: raw[orderOf(view, sort).key] as string | number };
  const nearest = (way: ResultSort) => {
    const [row] = along(view, way, after, 1);
    return row ? Number(row.ordinal) : null;
  };
  return { previous: nearest(turned(sort)), next: nearest(sort) };
}

function turned(sort: ResultSort): ResultSort {
  return (sort.startsWith('-') ? sort.slice(1) : `-${sort}`) as ResultSort;
}

function besides(ordinals: Uint32Array, ordinal: number): Around {
  const at = ordinals.indexOf(ordinal);
  if (at === -1) return { previous: null, next: null };
  return { previous: ordinals[at - 1] ?? null, next: ordinals[at + 1] ?? null };
}
