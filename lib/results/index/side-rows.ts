import 'server-only';
import type { RowsFound, RowsOrder } from '#lib/results/compare-orders';
import type { IndexedRow } from '#lib/results/index-orders';
import type { View } from './open-view.ts';
import { asRow, type RawRow, rowsAt } from './row-shape.ts';

export function readSideRows(view: View, { attempt, ordinals }: RowsOrder): RowsFound {
  return { rows: sideRows(view, attempt, ordinals), sources: view.sources };
}

/** Rows of what is shown, or of one attempt; what it does not have is left out. */
export function sideRows(view: View, attempt: number | null, ordinals: number[]): IndexedRow[] {
  const raws = attempt === null ? rowsAt(view, ordinals) : attemptRows(view, attempt, ordinals);
  return raws.map((raw) => asRow(view, raw));
}

function attemptRows(view: View, attempt: number, ordinals: number[]): RawRow[] {
  const found = view.retries
    ?.prepare('select * from rows where ordinal in (select value from json_each(?)) and attempt = ?')
    .all(JSON.stringify(ordinals), attempt);
  return (found ?? []) as RawRow[];
}
