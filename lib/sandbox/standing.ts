import 'server-only';
import { type Cancellation, type SandboxBatch, upTo } from './batch.ts';

export type Standing = {
  status: 'validating' | 'in_progress' | 'finalizing' | 'cancelling' | 'completed' | 'cancelled';
  over: boolean;
  /** Requests dealt with so far; in a cancelled batch those behind it were never looked at. */
  done: number;
  completed: number;
  failed: number;
  startedAt: number | null;
  finalizingAt: number | null;
  cancellingAt: number | null;
  endedAt: number | null;
};

const cancellingMs = 1_000;

/** A pure function of what is on disk and the time: nothing ticks, and a restart changes nothing. */
export function standingAt(batch: SandboxBatch, cancellation: Cancellation | null, now: number): Standing {
  const startedAt = batch.createdAt + Math.min(1_000, batch.durationMs / 10);
  const finalizingAt = batch.createdAt + batch.durationMs * 0.9;
  const end = batch.createdAt + batch.durationMs;
  const stop = cancellation ? cancellation.askedAt + cancellingMs : Number.POSITIVE_INFINITY;
  const cancelled = stop < end;
  const endedAt = Math.min(end, stop);
  const over = now >= endedAt;
  const reached = Math.min(now, endedAt);
  const percent = over && !cancelled ? 100 : percentAt(reached, startedAt, finalizingAt);
  const done = upTo(percent, batch.requests);
  const failed = batch.failed[percent] ?? 0;
  return {
    status: over ? (cancelled ? 'cancelled' : 'completed') : runningWord(),
    over,
    done,
    completed: done - failed - (batch.silent[percent] ?? 0),
    failed,
    startedAt: reached >= startedAt ? startedAt : null,
    finalizingAt: reached >= finalizingAt ? finalizingAt : null,
    cancellingAt: cancelled || !over ? (cancellation?.askedAt ?? null) : null,
    endedAt: over ? endedAt : null,
  };

  function runningWord() {
    if (cancellation && now >= cancellation.askedAt) return 'cancelling';
    if (now < startedAt) return 'validating';
    return now < finalizingAt ? 'in_progress' : 'finalizing';
  }
}

function percentAt(now: number, from: number, to: number): number {
  if (to <= from) return 100;
  return Math.floor(100 * Math.min(1, Math.max(0, (now - from) / (to - from))));
}
