import 'server-only';
import type { CountsAre } from '#lib/model/batch';
import type { ProviderCounts } from './provider.ts';

/** Null for counts that cannot be: more dealt with than there are, fewer than none, halves, or all zero before anybody counts. */
export function countsOf(given: ProviderCounts, over: boolean, countsAre: CountsAre): ProviderCounts | null {
  const { total, succeeded, failed } = given;
  if (total === null || total <= 0) return null;
  const all = [total, succeeded, failed, given.cancelled, given.expired];
  if (all.some((count) => count !== null && !(Number.isSafeInteger(count) && count >= 0))) return null;
  const done = (succeeded ?? 0) + (failed ?? 0);
  if (done > total) return null;
  return done === 0 && !over && countsAre === 'final-only' ? null : given;
}
