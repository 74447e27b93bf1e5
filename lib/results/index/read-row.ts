import 'server-only';
import type { RowAround, RowOrder } from '#lib/results/index-orders';
import type { Slices } from '#lib/results/take-orders';
import { findOrdinals } from './find-ordinals.ts';
import type { View } from './open-view.ts';
import { asRow, rowsAt, triesAt } from './row-shape.ts';

/** One row with its neighbours among those that are meant. */
export function* readRow(view: View, order: RowOrder): Slices<RowAround | null> {
  const [raw] = rowsAt(view, [order.ordinal]);
  if (!raw) return null;
  const ordinals = yield* findOrdinals(view, order);
  const at = ordinals.indexOf(order.ordinal);
  return {
    row: asRow(view, raw),
    tries: triesAt(view, order.ordinal, String(raw.custom_id)).map((one) => asRow(view, one)),
    previous: at === -1 ? null : (ordinals[at - 1] ?? null),
    next: at === -1 ? null : (ordinals[at + 1] ?? null),
    ...view.sources,
  };
}
