import type { Usage } from '#lib/model/usage';

/** Nano-units a token. Some models charge more for every token of a request whose input is longer than `start`. */
export type Rate = number | { base: number; tiers: { start: number; price: number }[] };

/** Null is a price that is not known, which is not the same as nought. */
export type Rates = Record<'input' | 'output' | 'cachedRead' | 'cacheWrite', Rate | null>;

/** What an answer costs in real time, in nano-units; null where its tokens or their price are not known. */
export function listPrice(usage: Usage, rates: Rates): number | null {
  const { input, output } = usage;
  if (input === null || output === null) return null;
  const cachedRead = Math.min(usage.cachedRead ?? 0, input);
  const cacheWrite = Math.min(usage.cacheWrite ?? 0, input - cachedRead);
  const tokens = { input: input - cachedRead - cacheWrite, output, cachedRead, cacheWrite };
  let nano = 0;
  for (const [kind, count] of Object.entries(tokens) as [keyof Rates, number][]) {
    const rate = rates[kind];
    if (count === 0) continue;
    if (rate === null) return null;
    nano += count * rateAt(rate, input);
  }
  return Math.round(nano);
}

function rateAt(rate: Rate, input: number): number {
  if (typeof rate === 'number') return rate;
  return rate.tiers.findLast(({ start }) => input > start)?.price ?? rate.base;
}
