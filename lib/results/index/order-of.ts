import 'server-only';
import type { ResultSort } from '#lib/model/result-query';
import type { Slices } from '#lib/results/take-orders';
import { ascending } from './ascending.ts';
import type { View } from './open-view.ts';

const slice = 20_000;

const sorted = {
  outcome: 'outcome',
  input: 'input',
  output: 'output',
  tokens: 'total',
  cost: 'cost',
} as const;

/** All ordinals in the order of a sort. Equal ones stand in the order of the input, or against it where the sort is turned. */
export function* orderOf(view: View, sort: ResultSort): Slices<Uint32Array> {
  const known = view.orders.get(sort) ?? (yield* make(view, sort));
  view.orders.set(sort, known);
  return known;
}

function* make(view: View, sort: ResultSort): Slices<Uint32Array> {
  if (sort.startsWith('-')) return (yield* orderOf(view, sort.slice(1) as ResultSort)).toReversed();
  if (sort === 'ordinal') return Uint32Array.from({ length: view.total }, (_, n) => n + 1);
  if (sort === 'customId') return yield* byName(view);
  return ascending(view.column(sorted[sort as keyof typeof sorted]));
}

function* byName(view: View): Slices<Uint32Array> {
  const statement = view.base.db.prepare('select ordinal from rows order by custom_id, ordinal');
  statement.setReturnArrays(true);
  const order = new Uint32Array(view.total);
  let n = 0;
  for (const row of statement.iterate()) {
    order[n] = (row as unknown as [number])[0];
    n += 1;
    if (n % slice === 0) yield undefined;
  }
  return order;
}
