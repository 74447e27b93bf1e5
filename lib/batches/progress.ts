import 'server-only';
import type { Context } from '#lib/context';
import type { CountsAre } from '#lib/model/batch';
import type { Capabilities } from '#lib/model/capabilities';
import { keptUntil, stalledAfterMs } from '#lib/model/patience';
import { forward, type Phase } from '#lib/model/phase';
import type { PollAnswer, ProviderReport } from '#lib/providers/provider';
import type { PartRow } from '#lib/store/batches';
import type { PartJob, Step } from './part-job.ts';
import { notFound } from './trouble.ts';
import { heeding, nextWait } from './waits.ts';

/** A provider that has counted nothing by now is shown by time; the first count brings the bar back. */
const silentMs = 20_000;

type Heard = Extract<PollAnswer, { kind: 'report' }>;

/** It is still under way. Steps back are ignored and unknown words shown as they are. */
export function progress(
  ctx: Context,
  job: PartJob,
  capabilities: Capabilities,
  { report, retryAfterMs = null }: Heard,
): Step {
  const { part, batch } = job;
  const now = ctx.clock();
  const said = saidBy(report, part);
  const moved = hasMoved(part, said);
  const movedAt = moved ? now : (part.moved_at ?? part.changed_at);
  const live = said.succeeded + said.failed > 0;
  const patience = stalledAfterMs(said.phase, live ? 'live' : 'final-only', windowOf(job, capabilities));
  const stalled = now - movedAt > patience;
  const created = report.createdAt ?? job.sentAt ?? now;
  const wait = nextLook(ctx, job, said, moved);
  const event =
    said.phase !== part.phase
      ? { verb: `batch.${said.phase}`, data: { rawStatus: report.rawStatus } }
      : stalled && part.attention !== 'stalled'
        ? { verb: 'batch.stalled', data: { since: new Date(movedAt).toISOString() } }
        : undefined;
  return {
    part: {
      ...said,
      attention: stalled ? 'stalled' : null,
      failures: 0,
      wait_ms: wait,
      checked_at: now,
      moved_at: movedAt,
      raw_answer: report.raw,
      expires_at: report.expiresAt ?? part.expires_at,
      results_until: keptUntil(capabilities, { created, heard: now }),
      warned_at: null,
    },
    batch: {
      checked_at: now,
      ...countsAre(job, now, live),
      ...(batch.started_at === null && said.phase !== 'pending' ? { started_at: now } : {}),
    },
    event,
    inMs: heeding(wait, retryAfterMs),
  };
}

type Said = Pick<PartRow, 'succeeded' | 'failed' | 'cancelled' | 'expired'> & {
  phase: Phase;
  raw_status: string;
  progress: number | null;
};

function saidBy({ state, rawStatus, counts, progress }: ProviderReport, part: PartRow): Said {
  const counting = (counts?.succeeded ?? 0) + (counts?.failed ?? 0) > 0;
  const count = (name: 'succeeded' | 'failed' | 'cancelled' | 'expired') =>
    counting ? (counts?.[name] ?? 0) : part[name];
  return {
    phase: isUnderWay(state) ? forward(part.phase, state) : part.phase,
    raw_status: rawStatus,
    succeeded: count('succeeded'),
    failed: count('failed'),
    cancelled: count('cancelled'),
    expired: count('expired'),
    progress: progress ?? part.progress,
  };
}

/** Being found again is no change of what was lost for a moment. */
function hasMoved(part: PartRow, said: Said): boolean {
  return Object.entries(said).some(([name, value]) => {
    const before = part[name as keyof Said];
    return before !== value && before !== notFound;
  });
}

function isUnderWay(
  state: ProviderReport['state'],
): state is 'pending' | 'running' | 'finishing' | 'cancelling' {
  return ['pending', 'running', 'finishing', 'cancelling'].includes(state);
}

/** Soon after a new phase. While counts run on, the longer it takes the less a moment matters. */
function nextLook(ctx: Context, { part, sentAt }: PartJob, said: Said, moved: boolean): number {
  const { floorMs } = ctx.env.BATCHDECK_POLL_SECONDS;
  if (said.phase !== part.phase) return floorMs;
  if (!moved) return nextWait(ctx, part.wait_ms);
  return nextWait(ctx, (ctx.clock() - (sentAt ?? ctx.clock())) / 60);
}

function windowOf({ batch }: PartJob, { windows }: Capabilities): string | null {
  return batch.completion_window ?? windows[0] ?? null;
}

function countsAre({ batch, sentAt }: PartJob, now: number, live: boolean): { counts_are?: CountsAre } {
  if (live) return { counts_are: 'live' };
  if (batch.succeeded + batch.failed > 0) return {};
  const silent = now - (sentAt ?? now) > silentMs;
  return silent ? { counts_are: 'final-only' } : {};
}
