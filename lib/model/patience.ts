import type { CountsAre } from './batch.ts';
import type { Phase } from './phase.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `24h` or `7d` in milliseconds; a day where nothing is said. */
export function windowMs(window: string | null): number {
  const [, count, unit] = /^(\d{1,3})([hd])$/.exec(window ?? '') ?? [];
  return count === undefined ? day : Number(count) * (unit === 'd' ? day : hour);
}

/**
 * How long a part may show no change before that is worth a person's look. Where answers are counted as they come,
 * an eighth of the window without one is odd; where nobody counts, only outliving the window is.
 */
export function stalledAfterMs(phase: Phase, countsAre: CountsAre, window: string | null): number {
  const eighth = Math.max(30 * minute, windowMs(window) / 8);
  const counts = countsAre === 'live' && phase === 'running';
  return counts || phase === 'finishing' || phase === 'cancelling' ? eighth : windowMs(window) + eighth;
}

type Retention = { retentionDays: number | null; retentionFrom: 'end' | 'creation' };

/**
 * Until when results are there at least. Where the end counts, it is not before the batch was last heard of under way.
 */
export function keptUntil(
  { retentionDays, retentionFrom }: Retention,
  at: { created: number; heard: number },
): number | null {
  if (retentionDays === null) return null;
  return (retentionFrom === 'creation' ? at.created : at.heard) + retentionDays * day;
}

/** So long before the provider deletes its results it is time to say so. */
export const warnAheadMs = 48 * hour;
