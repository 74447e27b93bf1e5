import 'server-only';
import { fieldIn } from '#lib/model/answer-field';
import { isByField, type ResultSort } from '#lib/model/result-query';
import type { IndexFiles } from '#lib/results/index-orders';
import type { Slices } from '#lib/results/take-orders';
import { ascending } from './ascending.ts';
import { openField, ranksIn } from './open-field.ts';
import type { View } from './open-view.ts';

const slice = 20_000;
/** So many orders of one index are remembered: fields have any name. */
const mostKept = 24;

const sorted = {
  outcome: 'outcome',
  input: 'input',
  output: 'output',
  tokens: 'total',
  cost: 'cost',
} as const;

/** All ordinals in the order of a sort. Equal ones stand in the order of the input, or against it where the sort is turned. */
export function* orderOf(view: View, sort: ResultSort, files: IndexFiles): Slices<Uint32Array> {
  const known = view.orders.get(sort) ?? (yield* make(view, sort, files));
  view.orders.delete(sort);
  view.orders.set(sort, known);
  for (const oldest of view.orders.keys()) if (view.orders.size > mostKept) view.orders.delete(oldest);
  return known;
}

function* make(view: View, sort: ResultSort, files: IndexFiles): Slices<Uint32Array> {
  if (isByField(sort)) return byField(view, sort, files);
  if (sort.startsWith('-')) return (yield* orderOf(view, sort.slice(1) as ResultSort, files)).toReversed();
  if (sort === 'ordinal') return Uint32Array.from({ length: view.total }, (_, n) => n + 1);
  if (sort === 'customId') return yield* byName(view);
  return ascending(view.column(sorted[sort as keyof typeof sorted]));
}

/** What has no such field comes last, whichever way the others stand. */
function byField(view: View, sort: string, files: IndexFiles): Uint32Array {
  const turned = sort.startsWith('-');
  const field = openField(view, files, fieldIn(turned ? sort.slice(1) : sort) ?? '');
  const last = ranksIn(field);
  return ascending(field.ranks.map((rank) => (rank === 0 ? last : turned ? last - rank : rank)));
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
