import 'server-only';
import { type Hit, hitPlaces } from '#lib/model/result';
import type { After } from '#lib/results/cursor';
import type { Page, PageOrder } from '#lib/results/index-orders';
import type { Slices } from '#lib/results/take-orders';
import { findOrdinals, hitsOf } from './find-ordinals.ts';
import { openField, valueAt } from './open-field.ts';
import type { View } from './open-view.ts';
import { asRow, rowsAt } from './row-shape.ts';

/** One page, as quick at the end of a batch as at its start. */
export function* readPage(view: View, order: PageOrder): Slices<Page> {
  const ordinals = yield* findOrdinals(view, order);
  const start = typeof order.from === 'number' ? order.from : placeBehind(ordinals, order.from);
  const end = Math.min(ordinals.length, start + order.limit);
  const fields = order.fields?.map((name) => openField(view, order.files, name));
  const rows = rowsAt(view, ordinals.subarray(start, end))
    .map((raw) => asRow(view, raw))
    .map((row) =>
      fields ? { ...row, fields: fields.map((field) => valueAt(field, field.ranks[row.ordinal] ?? 0)) } : row,
    );
  const last = end < ordinals.length ? rows.at(-1) : undefined;
  const { q } = order.filter;
  const hits = q ? yield* hitsOf(view, order.files.texts, q) : null;
  return {
    rows: hits ? rows.map((row) => ({ ...row, hit: hitIn(hits[row.ordinal] ?? 0) })) : rows,
    next: last ? { ordinal: last.ordinal, at: end } : null,
    total: ordinals.length,
    sources: view.sources,
  };
}

/** Where a page goes on: behind its last row, wherever that stands now, or where it stood. */
function placeBehind(ordinals: Uint32Array, { ordinal, at }: After): number {
  if (ordinals[at - 1] === ordinal) return at;
  return ordinals.indexOf(ordinal) + 1 || at;
}

function hitIn(bits: number): Hit {
  return { in: hitPlaces.filter((_, n) => (bits & (1 << n)) !== 0), snippet: null };
}
