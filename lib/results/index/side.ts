import 'server-only';
import { type Column, type ColumnName, emptyColumn, known } from './columns.ts';
import type { View } from './open-view.ts';
import type { RawRow } from './row-shape.ts';

const compared = ['outcome', 'input', 'output', 'cost', 'segment', 'outOffset', 'outLength'] as const;
type ComparedName = (typeof compared)[number];

/** One side of a comparison, by ordinal. */
export type Side = {
  view: View;
  /** 1 where this side has anything. */
  has: Uint8Array;
  column(name: ComparedName): Column;
};

/** What is shown, or what one later attempt alone has. */
export function sideOf(view: View, attempt: number | null): Side {
  return attempt === null ? shownSide(view) : attemptSide(view, attempt);
}

function shownSide(view: View): Side {
  const has = new Uint8Array(view.total + 1).fill(1);
  has[0] = 0;
  const isPlace = (name: ComparedName) => name === 'segment' || name === 'outOffset' || name === 'outLength';
  return { view, has, column: (name) => (isPlace(name) ? view.places(name) : view.column(name)) };
}

/** Without the words of its answers, and one after the other. */
const rowsOfAttempt =
  'select ordinal, outcome, input, output, cost_nano, segment, out_offset, out_length from rows where attempt = ?';

function attemptSide(view: View, attempt: number): Side {
  const has = new Uint8Array(view.total + 1);
  const columns = new Map<ColumnName, Column>(
    compared.map((name) => [name, emptyColumn(name, view.total + 1)]),
  );
  const rows = view.retries?.db.prepare(rowsOfAttempt).iterate(attempt) ?? [];
  for (const row of rows as Iterable<RawRow>) {
    const ordinal = Number(row.ordinal);
    has[ordinal] = 1;
    for (const [name, value] of Object.entries(cellsOf(row))) {
      const column = columns.get(name as ComparedName);
      if (column) column[ordinal] = value;
    }
  }
  return { view, has, column: (name) => columns.get(name) ?? emptyColumn(name, view.total + 1) };
}

function cellsOf(row: RawRow): Record<ComparedName, number> {
  return {
    outcome: Number(row.outcome),
    input: known(row.input),
    output: known(row.output),
    cost: known(row.cost_nano, 'cost'),
    segment: known(row.segment),
    outOffset: Number(row.out_offset ?? 0),
    outLength: Number(row.out_length ?? 0),
  };
}
