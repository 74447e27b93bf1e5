import 'server-only';
import { type Contents, upTo } from './batch.ts';
import type { Shelved } from './read-shelved.ts';

export type Standing = {
  status:
    | 'validating'
    | 'in_progress'
    | 'finalizing'
    | 'cancelling'
    | 'completed'
    | 'failed'
    | 'expired'
    | 'cancelled';
  over: boolean;
  /** Null while nobody has looked into its file, and where nothing usable was in it. */
  contents: Contents | null;
  /** Requests dealt with so far; in a batch that ended early those behind it were never looked at. */
  done: number;
  succeeded: number;
  failed: number;
  expired: number;
  silent: number;
  startedAt: number | null;
  finalizingAt: number | null;
  cancellingAt: number | null;
  endedAt: number | null;
};

const cancellingMs = 1_000;
const never = Number.POSITIVE_INFINITY;

/** A pure function of what is on disk and the time: nothing ticks, and a restart changes nothing. */
export function standingAt(shelved: Pick<Shelved, 'verdict' | 'cancellation'>, now: number): Standing {
  const { verdict, cancellation } = shelved;
  const contents = verdict && 'contents' in verdict ? verdict.contents : null;
  const course = contents?.course;
  const from = verdict?.at ?? never;
  const [startedAt, finalizingAt, end] = course
    ? [from + course.startMs, from + course.finishMs, from + course.endMs]
    : [never, never, from];
  const stop = cancellation ? cancellation.askedAt + cancellingMs : never;
  const cancelled = stop < end;
  const endedAt = Math.min(end, stop);
  const over = now >= endedAt;
  const reached = Math.min(now, endedAt);
  const most = course?.percent ?? 0;
  const percent = over && !cancelled ? most : percentAt(reached, startedAt, finalizingAt, most);
  const done = upTo(percent, contents?.requests ?? 0);
  const [failed = 0, expired = 0, silent = 0] = [
    contents?.failed[percent],
    contents?.expired[percent],
    contents?.silent[percent],
  ];
  const failing = !course || course.end === 'failed';
  return {
    status: over ? (cancelled ? 'cancelled' : (course?.end ?? 'failed')) : runningWord(),
    over,
    contents,
    done,
    succeeded: done - failed - expired - silent,
    failed,
    expired,
    silent,
    startedAt: reached >= startedAt && !failing ? startedAt : null,
    finalizingAt: reached >= finalizingAt && !failing ? finalizingAt : null,
    cancellingAt: cancelled || !over ? (cancellation?.askedAt ?? null) : null,
    endedAt: over ? endedAt : null,
  };

  function runningWord() {
    if (cancellation && now >= cancellation.askedAt) return 'cancelling';
    if (now < startedAt) return 'validating';
    return now < finalizingAt ? 'in_progress' : 'finalizing';
  }
}

/** Half-way between its start and its end, for a provider that goes back on its word. */
export function halfWay({ verdict, batch }: Pick<Shelved, 'verdict' | 'batch'>): number {
  if (!verdict || !('contents' in verdict)) return batch.createdAt;
  const { startMs, finishMs, endMs } = verdict.contents.course;
  return verdict.at + Math.min((startMs + finishMs) / 2, endMs - 1);
}

function percentAt(now: number, from: number, to: number, most: number): number {
  if (now < from) return 0;
  if (to <= from) return most;
  return Math.floor(most * Math.min(1, Math.max(0, (now - from) / (to - from))));
}
