import type { Batch } from '#lib/model/batch';
import type { ProgressPoint } from '#lib/model/progress';

export type Moment = { at: number; succeeded: number; failed: number; other: number };
export const series = ['succeeded', 'failed', 'other'] as const;

type Timed = Pick<Batch, 'times' | 'counts' | 'checkedAt'>;

/** From when it was sent, with nothing done, to its end or the last look, by the counts it has then. */
export function momentsOf(points: ProgressPoint[], { times, counts, checkedAt }: Timed): Moment[] {
  const from = Date.parse(times.submitted ?? times.created);
  const told = points.map(({ at, ...rest }) => ({ ...rest, at: Date.parse(at) }));
  const last = times.finished ?? checkedAt;
  const to = Math.max(from, told.at(-1)?.at ?? 0, last === null ? 0 : Date.parse(last));
  const { succeeded, failed } = counts;
  const other = counts.cancelled + counts.expired + counts.missing;
  const between = told.filter(({ at }) => at > from && at < to);
  return [{ at: from, succeeded: 0, failed: 0, other: 0 }, ...between, { at: to, succeeded, failed, other }];
}

/** Whether anything was counted before it was over; else there is only an end. */
export function wasFollowed(points: ProgressPoint[], { times: { finished } }: Pick<Batch, 'times'>): boolean {
  return points.some(({ at }) => finished === null || Date.parse(at) < Date.parse(finished));
}

/** How the counts stood at a time: they hold until the next look. */
export function momentAt(moments: Moment[], at: number): Moment | undefined {
  return moments.findLast((moment) => moment.at <= at) ?? moments[0];
}

export type Span = { name: string; from: string; to: string | null };

/** Where nobody counted, what is known of the time: which stretch of the way took how long. */
export function spansOf({ times, phase }: Pick<Batch, 'times' | 'phase'>): Span[] {
  const { created, submitted, started, finished } = times;
  const ends = phase === 'cancelled' ? 'until it was cancelled' : 'until its results were read';
  const known: Span[] = [{ name: 'Created, until it was sent', from: created, to: submitted ?? finished }];
  if (submitted !== null)
    known.push({ name: 'Sent, until it was started', from: submitted, to: started ?? finished });
  if (started !== null) known.push({ name: `Started, ${ends}`, from: started, to: finished });
  return known;
}
