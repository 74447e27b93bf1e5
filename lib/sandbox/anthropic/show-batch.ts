import 'server-only';
import type { Shelved } from '#lib/sandbox/read-shelved';
import type { Standing } from '#lib/sandbox/standing';

const dayMs = 86_400_000;
export const readableMs = 29 * dayMs;

export type Shown = { origin: string; now: number; lag?: boolean };

/** A message batch. Until it has ended it counts nothing and says only that all are being processed. */
export function batchObject({ batch, cancellation }: Shelved, at: Standing, { origin, now, lag }: Shown) {
  const archived = now >= batch.createdAt + readableMs;
  const results = `${origin}/v1/messages/batches/${batch.id}/results`;
  return {
    id: batch.id,
    type: 'message_batch',
    processing_status: at.over ? 'ended' : at.cancellingAt === null ? 'in_progress' : 'canceling',
    request_counts: countsAt(at),
    ended_at: rfc3339(at.endedAt),
    created_at: rfc3339(batch.createdAt),
    expires_at: rfc3339(batch.createdAt + dayMs),
    archived_at: archived ? rfc3339(batch.createdAt + readableMs) : null,
    cancel_initiated_at: rfc3339(cancellation && at.cancellingAt !== null ? cancellation.askedAt : null),
    results_url: at.over && !archived && !lag ? results : null,
  };
}

function countsAt(at: Standing) {
  const total = at.contents?.requests ?? 0;
  if (!at.over) return { processing: total, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
  const left = total - at.done;
  return {
    processing: 0,
    succeeded: at.succeeded,
    errored: at.failed,
    canceled: at.status === 'cancelled' ? left : 0,
    expired: at.expired + at.silent + (at.status === 'cancelled' ? 0 : left),
  };
}

/** Six digits and an offset, as it comes from there. */
function rfc3339(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString().replace('Z', '000+00:00');
}
