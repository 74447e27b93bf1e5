import 'server-only';
import { bucketStart } from '#lib/model/buckets';
import { nanoToDecimal } from '#lib/model/money';
import { flags, outcomes } from '#lib/model/result';
import type { ErrorGroup, Facets } from '#lib/model/result-facets';
import type { GroupsOrder, GroupsPage } from '#lib/results/index-orders';
import type { View } from './open-view.ts';
import { type RawRow, rowsAt } from './row-shape.ts';
import { totalsOf } from './tally.ts';

const mostModels = 200;

export function readFacets(view: View): Facets {
  const { tally } = view;
  const { usage, costNano } = totalsOf(tally.sums);
  const named = <T extends string>(names: readonly T[], counts: Record<string, number>) =>
    Object.fromEntries(names.flatMap((name, n) => (counts[n] ? [[name, counts[n]]] : []))) as Record<
      T,
      number
    >;
  const { input, output, total } = tally.histograms;
  return {
    total: view.total,
    outcomes: named(outcomes, tally.outcomes),
    flags: named(flags, tally.flags),
    models: modelsOf(view),
    usage,
    cost: costNano === null ? null : nanoToDecimal(costNano),
    histograms: { input: bars(input), output: bars(output), tokens: bars(total) },
  };
}

function modelsOf(view: View): Facets['models'] {
  const name = view.top.prepare('select name from models where id = ?');
  return Object.entries(view.tally.models)
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostModels)
    .flatMap(([id, count]) => (count > 0 ? [{ name: String(name.get(Number(id))?.name), count }] : []));
}

function bars(counts: Record<string, number>): Facets['histograms']['input'] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([bucket, count]) => ({
      from: bucketStart(Number(bucket)),
      to: bucketStart(Number(bucket) + 1),
      count,
    }))
    .sort((a, b) => a.from - b.from);
}

/** The largest groups first. */
export function readGroups(view: View, { after, limit }: GroupsOrder): GroupsPage {
  const raws = view.top
    .prepare('select * from groups where count > 0 order by count desc, first limit ? offset ?')
    .all(limit, after) as RawRow[];
  const { n: total } = view.top.prepare('select count(*) as n from groups where count > 0').get() as {
    n: number;
  };
  const examples = new Map(
    rowsAt(
      view,
      raws.map(({ first }) => Number(first)),
    ).map((raw) => [raw.ordinal, raw]),
  );
  return { groups: raws.map((raw) => asGroup(raw, examples.get(raw.first ?? 0), view.total)), total };
}

function asGroup(raw: RawRow, example: RawRow | undefined, total: number): ErrorGroup {
  return {
    key: String(raw.key),
    outcome: outcomes[Number(raw.outcome)] ?? 'failed',
    code: raw.code as string | null,
    httpStatus: raw.http_status as number | null,
    pattern: String(raw.pattern),
    count: Number(raw.count),
    share: Number(raw.count) / total,
    first: Number(raw.first),
    last: Number(raw.last),
    example: {
      ordinal: Number(raw.first),
      customId: String(example?.custom_id),
      message: (example?.error_message ?? null) as string | null,
    },
  };
}
