import 'server-only';
import type { FieldFacts, FieldValue } from '#lib/model/answer-field';
import type { IndexFiles } from '#lib/results/index-orders';
import type { Slices } from '#lib/results/take-orders';
import { type Field, falseRankOf, fieldNames, openField, ranksIn, valueAt } from './open-field.ts';
import type { View } from './open-view.ts';

/** So few values are named one by one. */
const fewValues = 12;

/** Which fields the answers have that are shown, in the order in which they were first met. */
export function* readFields(view: View, { files }: { files: IndexFiles }): Slices<FieldFacts[]> {
  if (view.fieldFacts) return view.fieldFacts;
  const facts: FieldFacts[] = [];
  for (const name of fieldNames(view, files)) {
    const found = factsOf(name, openField(view, files, name));
    if (found.count > 0) facts.push(found);
    yield undefined;
  }
  view.fieldFacts = facts;
  return facts;
}

function factsOf(name: string, field: Field): FieldFacts {
  const counts = new Uint32Array(ranksIn(field));
  for (const rank of field.ranks) counts[rank] = (counts[rank] ?? 0) + 1;
  counts[0] = 0;
  const sum = (from: number, to?: number) => counts.subarray(from, to).reduce((all, one) => all + one, 0);
  const falseRank = falseRankOf(field);
  const [numbers, booleans, texts] = [sum(1, falseRank), sum(falseRank, falseRank + 2), sum(falseRank + 2)];
  const count = numbers + booleans + texts;
  const kind =
    numbers === count ? 'number' : booleans === count ? 'boolean' : texts === count ? 'text' : 'mixed';
  return { name, kind, count, values: valuesIn(field, counts) };
}

function valuesIn(field: Field, counts: Uint32Array): FieldValue[] | null {
  const ranks: number[] = [];
  for (let rank = 1; rank < counts.length && ranks.length <= fewValues; rank++) {
    if (counts[rank] !== 0) ranks.push(rank);
  }
  return ranks.length > fewValues ? null : ranks.map((rank) => valueAt(field, rank));
}
