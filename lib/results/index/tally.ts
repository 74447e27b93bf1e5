import 'server-only';
import { bucketOf } from '#lib/model/buckets';
import { outcomes } from '#lib/model/result';
import type { ModelSpend } from '#lib/model/spend';
import type { Usage } from '#lib/model/usage';
import type { Totals } from '#lib/results/index-orders';
import { type AnswerCells, cell } from './answer-cells.ts';

const summed = ['input', 'output', 'cached_read', 'cache_write', 'reasoning', 'total', 'cost_nano'] as const;
const charted = ['input', 'output', 'total'] as const;

type Counts = Record<string, number>;

/** What is told of all rows at once, counted while they are written and kept as JSON. Keys are codes, bits and ids. */
export type Tally = {
  outcomes: Counts;
  flags: Counts;
  models: Counts;
  /** How many rows know the number, and what it comes to. */
  sums: Record<(typeof summed)[number], { known: number; sum: number }>;
  histograms: Record<(typeof charted)[number], Counts>;
};

export function emptyTally(): Tally {
  const each = <K extends string, T>(names: readonly K[], value: () => T) =>
    Object.fromEntries(names.map((name) => [name, value()])) as Record<K, T>;
  return {
    outcomes: {},
    flags: {},
    models: {},
    sums: each(summed, () => ({ known: 0, sum: 0 })),
    histograms: each(charted, () => ({})),
  };
}

/** What a build says of itself: its parts, what is shown of the batch now, and what all its answers have used. */
export function told(
  counts: Iterable<[string, Totals['counts'][string]]>,
  tally: Tally,
  { used, spent }: { used: Tally['sums']; spent: ModelSpend[] },
): Totals {
  const merged = outcomes.map((outcome, code) => [outcome, tally.outcomes[code] ?? 0]);
  return {
    counts: Object.fromEntries(counts),
    merged: Object.fromEntries(merged) as Totals['merged'],
    ...totalsOf(used),
    spent,
  };
}

export function totalsOf(sums: Tally['sums']): Pick<Totals, 'usage' | 'costNano'> {
  const value = (name: (typeof summed)[number]) => (sums[name].known > 0 ? sums[name].sum : null);
  const usage: Usage = {
    input: value('input'),
    output: value('output'),
    cachedRead: value('cached_read'),
    cacheWrite: value('cache_write'),
    reasoning: value('reasoning'),
    total: value('total'),
  };
  const known = Object.values(usage).some((sum) => sum !== null);
  return { usage: known ? usage : null, costNano: value('cost_nano') };
}

/** Counts a row in, or with -1 out again. */
export function count(tally: Tally, cells: AnswerCells, model: number | null, by: 1 | -1 = 1): void {
  change(tally.outcomes, cells[cell.outcome], by);
  for (let bits = Number(cells[cell.flags]), flag = 0; bits > 0; bits >>= 1, flag++) {
    if (bits & 1) change(tally.flags, flag, by);
  }
  if (model !== null) change(tally.models, model, by);
  add(tally.sums, cells, by);
  for (const name of charted) {
    const value = cells[cell[name]];
    if (typeof value === 'number') change(tally.histograms[name], bucketOf(value), by);
  }
}

export function add(sums: Tally['sums'], cells: AnswerCells, by: 1 | -1 = 1): void {
  for (const name of summed) {
    const value = cells[cell[name]];
    if (typeof value !== 'number') continue;
    sums[name].known += by;
    sums[name].sum += by * value;
  }
}

function change(counts: Counts, key: unknown, by: number): void {
  const name = String(key);
  counts[name] = (counts[name] ?? 0) + by;
}
