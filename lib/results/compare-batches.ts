import 'server-only';
import type { Context } from '#lib/context';
import {
  type ComparedSide,
  type Comparison,
  type ComparisonPage,
  changes,
  type PairRow,
} from '#lib/model/comparison';
import type { PairsQuery } from '#lib/model/comparison.schema';
import { nanoToDecimal } from '#lib/model/money';
import { factsOf } from '#lib/store/batch-facts';
import type { Compared, RowsFound, SideSums } from './compare-orders.ts';
import { comparedOf, openSides, type Side, type Sides } from './compared.ts';
import { shown } from './list-results.ts';
import { ordinalsOf, pairsMeant } from './pairs-meant.ts';

/** Two batches or attempts request by request: what it comes to, and one page of the pairs that are meant. */
export async function compareBatches(
  ctx: Context,
  batchId: string,
  { cursor, from, limit, ...query }: PairsQuery,
): Promise<ComparisonPage> {
  const sides = await openSides(ctx, batchId, query);
  const compared = await comparedOf(ctx, sides);
  if (compared === null) return { ...told(sides, null), items: [], nextCursor: null, total: 0 };
  const meant = await pairsMeant(ctx, sides, compared, query);
  const start = from ?? meant.findIndex((pair) => pair > cursor);
  const some = start === -1 ? [] : meant.slice(start, start + limit);
  const hasMore = start !== -1 && start + limit < meant.length;
  return {
    ...told(sides, compared),
    items: (await pairsAt(ctx, sides, compared, some)).map(({ row }) => row),
    nextCursor: hasMore ? String(some.at(-1)) : null,
    total: meant.length,
  };
}

export type PairAt = { row: PairRow } & Record<'first' | 'second', RowAt | null>;
type RowAt = { row: RowsFound['rows'][number]; sources: RowsFound['sources'] };

export async function pairsAt(
  ctx: Pick<Context, 'index'>,
  { first, second }: Sides,
  compared: Compared,
  pairs: number[],
): Promise<PairAt[]> {
  const ordinals = pairs.map((pair) => ordinalsOf(pair, compared));
  const [here, there] = await Promise.all([
    rowsOf(
      ctx,
      first,
      ordinals.map(([one]) => one),
    ),
    rowsOf(
      ctx,
      second,
      ordinals.map(([, other]) => other),
    ),
  ]);
  return pairs.map((pair, n) => {
    const [one, other] = ordinals[n] ?? [0, 0];
    const at = { first: here.get(one) ?? null, second: there.get(other) ?? null };
    return {
      row: {
        pair,
        customId: (at.first ?? at.second)?.row.customId ?? '',
        change: changes[(compared.changes[pair] ?? 0) - 1] ?? 'same',
        first: at.first && shown(at.first.row),
        second: at.second && shown(at.second.row),
      },
      ...at,
    };
  });
}

async function rowsOf(
  { index }: Pick<Context, 'index'>,
  { files }: Side,
  ordinals: number[],
): Promise<Map<number, RowAt>> {
  if (files === null) return new Map();
  const { rows, sources } = await index.ask('rows', { ...files, ordinals: ordinals.filter(Boolean) });
  return new Map(rows.map((row) => [row.ordinal, { row, sources }]));
}

function told({ first, second }: Sides, compared: Compared | null): Comparison {
  return {
    first: sideTold(first, compared?.first ?? nothing),
    second: sideTold(second, compared?.second ?? nothing),
    counts: compared?.counts ?? none,
    byValue: compared?.byValue ?? 0,
  };
}

const none = Object.fromEntries(changes.map((change) => [change, 0])) as Comparison['counts'];
const nothing: SideSums = {
  outcomes: {},
  input: null,
  output: null,
  costNano: null,
  unpriced: 0,
  characters: 0,
};

function sideTold({ batch, attempt, files }: Side, { costNano, ...totals }: SideSums): ComparedSide {
  const { name, phase, models, counts } = factsOf(batch);
  return {
    ...{ name, phase, counts },
    models: attempt === null ? models : [],
    batchId: batch.id,
    attempt,
    ready: files !== null,
    demo: batch.cost_source === 'demo',
    totals: { ...totals, cost: costNano === null ? null : nanoToDecimal(costNano) },
  };
}
