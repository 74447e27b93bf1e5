import 'server-only';
import type { SQLInputValue } from 'node:sqlite';
import type { ResultSort, ResultsFilter } from '#lib/model/result-query';
import type { Slices } from '#lib/results/take-orders';
import type { View } from './open-view.ts';
import { orderOf, whereOf } from './query-sql.ts';

/** So many ordinals are remembered for one index. */
const mostKept = 4_000_000;
const slice = 10_000;

/** The ordinals of all results that are meant, in order. Asked again, they are known. */
export function* findOrdinals(
  view: View,
  filter: ResultsFilter,
  sort: ResultSort = 'ordinal',
): Slices<Uint32Array> {
  const asked = JSON.stringify([filter, sort]);
  const known = view.found.get(asked) ?? (yield* find(view, filter, sort));
  view.found.delete(asked);
  view.found.set(asked, known);
  for (const oldest of view.found.keys()) {
    if (oldest === asked || sizeOf(view) <= mostKept) break;
    view.found.delete(oldest);
  }
  return known;
}

/**
 * What is filtered by stands in the index of the input's order, what is sorted by in one of its own: rows are marked
 * along the one and taken along the other, and none of them is touched.
 */
function* find(view: View, filter: ResultsFilter, sort: ResultSort): Slices<Uint32Array> {
  const { key, way } = orderOf(view, sort);
  const where = whereOf(filter);
  const meant = `select ordinal from shown where ${where.sql} order by`;
  if (key === 'ordinal' || key === 'outcome') {
    return yield* walk(view, `${meant} ${key} ${way}, ordinal ${way}`, where.values, null);
  }
  const marks = new Uint8Array(view.total + 1);
  for (const ordinal of yield* walk(view, `${meant} ordinal`, where.values, null)) marks[ordinal] = 1;
  return yield* walk(view, `select ordinal from shown order by ${key} ${way}, ordinal ${way}`, [], marks);
}

function* walk(
  view: View,
  sql: string,
  values: SQLInputValue[],
  marks: Uint8Array | null,
): Slices<Uint32Array> {
  const statement = view.db.prepare(sql);
  statement.setReturnArrays(true);
  let found = new Uint32Array(1_000);
  let count = 0;
  let seen = 0;
  for (const row of statement.iterate(...values)) {
    const [ordinal] = row as unknown as [number];
    seen += 1;
    if (seen % slice === 0) yield undefined;
    if (marks && marks[ordinal] === 0) continue;
    if (count === found.length) found = larger(found);
    found[count] = ordinal;
    count += 1;
  }
  return found.slice(0, count);
}

function larger(full: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const room = new Uint32Array(full.length * 2);
  room.set(full);
  return room;
}

function sizeOf({ found }: View): number {
  return found.values().reduce((sum, { length }) => sum + length, 0);
}
