import { bucketOf, bucketStart } from '#lib/model/buckets';
import type { Outcome } from '#lib/model/result';
import type { Bin, ErrorGroup, Facets } from '#lib/model/result-facets';

/** Bars that stand side by side without a gap, so few that each can be read; they widen like the buckets do. */
export function barsOf(bins: Bin[], most: number): Bin[] {
  const buckets = bins.map(({ from }) => bucketOf(from));
  const last = Math.max(...buckets);
  const first = Math.min(...buckets);
  const wide = [1, 2, 4, 8, 16].find((step) => placesOf(first, last, step) <= most) ?? 32;
  const bars: Bin[] = [];
  for (let at = first - (first % wide); at <= last; at += wide) {
    const inside = bins.filter((_, n) => (buckets[n] ?? 0) >= at && (buckets[n] ?? 0) < at + wide);
    const count = inside.reduce((sum, bin) => sum + bin.count, 0);
    bars.push({ from: bucketStart(at), to: bucketStart(at + wide), count });
  }
  return bars;
}

function placesOf(first: number, last: number, step: number): number {
  return Math.floor(last / step) - Math.floor(first / step) + 1;
}

export type OutcomeBar = {
  key: string;
  words: string;
  outcome: Outcome;
  code: string | null;
  count: number;
  /** What the results are narrowed to, where that can be said. */
  filter: Record<string, string> | null;
};

/** What succeeded, then each way in which the rest did not; what there is no room for stands together. */
export function outcomeBars({ outcomes, total }: Facets, groups: ErrorGroup[], ways: number): OutcomeBar[] {
  const succeeded = outcomes.succeeded ?? 0;
  const told = groups.map(({ key, pattern, code, outcome, count }) => ({
    key,
    words: pattern || code || outcome,
    outcome,
    code,
    count,
    filter: { group: key },
  }));
  const rest = total - succeeded - told.reduce((sum, { count }) => sum + count, 0);
  const left = ways - told.length;
  return [
    {
      key: 'succeeded',
      words: 'Succeeded',
      outcome: 'succeeded',
      code: null,
      count: succeeded,
      filter: { outcome: 'succeeded' },
    },
    ...told,
    ...(rest > 0
      ? [
          {
            key: 'rest',
            words: left === 1 ? '1 further way' : `${left} further ways`,
            outcome: 'failed' as const,
            code: null,
            count: rest,
            filter: null,
          },
        ]
      : []),
  ];
}
