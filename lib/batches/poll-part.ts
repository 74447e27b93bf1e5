import 'server-only';
import { reachConnection } from '#lib/connections/reach-connection';
import type { Context } from '#lib/context';
import { asRefusal } from '#lib/errors';
import { fp } from '#lib/failpoint';
import type { CountsAre } from '#lib/model/batch';
import { forward, type OverPhase } from '#lib/model/phase';
import {
  type PollAnswer,
  type Provider,
  type ProviderFetch,
  type ProviderReport,
  ProviderTrouble,
  type ResultSource,
} from '#lib/providers/provider';
import { type PartJob, type Step, takeStep } from './part-job.ts';
import { pauseForCredential } from './settle-steps.ts';
import { heeding, nextWait } from './waits.ts';
import { wholeLines } from './whole-lines.ts';

const troubleLimit = 5;
const youngMs = 120_000;
const notFound = 'not found';
/** A provider that has counted nothing by now is shown by time; the first count brings the bar back. */
const silentMs = 20_000;

/** Asks the provider once where a batch stands. What it says becomes a step; unknown words keep polling. */
export async function pollPart(ctx: Context, job: PartJob): Promise<void> {
  const id = job.part.provider_batch_id;
  if (id === null) throw new Error(`Part ${job.part.id} is ${job.part.phase} without a provider's id.`);
  const { provider, fetch } = await reachConnection(ctx, job.batch.connection_id);
  if (job.part.cancel_asked_at !== null && job.part.cancel_sent_at === null) {
    const answer = await provider.cancel(fetch, id);
    // A provider that refuses has usually finished: the look below tells, and the wish is passed on again if not.
    if (answer.kind !== 'trouble') return passOnCancellation(ctx, job, answer);
  }
  const answer = await provider.poll(fetch, id);
  fp('poll');
  await takeAnswer(ctx, job, provider, fetch, answer);
}

async function passOnCancellation(ctx: Context, job: PartJob, answer: PollAnswer): Promise<void> {
  if (answer.kind === 'trouble')
    return takeStep(ctx, job, trouble(ctx, job, answer.message, answer.retryAfterMs));
  if (answer.kind === 'credential_rejected')
    return takeStep(ctx, job, pauseForCredential(job, answer.message));
  const report = answer.kind === 'report' ? answer.report : null;
  await takeStep(ctx, job, {
    part: {
      phase: 'cancelling',
      cancel_sent_at: ctx.clock(),
      wait_ms: 0,
      ...(report ? { raw_status: report.rawStatus, raw_answer: report.raw } : {}),
    },
    event: { verb: 'batch.cancelling' },
    inMs: ctx.env.BATCHDECK_POLL_SECONDS.floorMs,
  });
}

async function takeAnswer(
  ctx: Context,
  job: PartJob,
  provider: Provider,
  fetch: ProviderFetch,
  answer: PollAnswer,
): Promise<void> {
  switch (answer.kind) {
    case 'credential_rejected':
      return takeStep(ctx, job, pauseForCredential(job, answer.message));
    case 'trouble':
      return takeStep(ctx, job, trouble(ctx, job, answer.message, answer.retryAfterMs));
    case 'not_found':
      return takeStep(ctx, job, gone(ctx, job));
    case 'results':
      return keepResults(ctx, job, answer.report, [{ role: 'output', open: async () => answer.lines }]);
    case 'report': {
      const end = answer.report.resultsExpected ? null : endIn(answer.report);
      if (end === null) return takeStep(ctx, job, progress(ctx, job, answer.report));
      return keepResults(ctx, job, answer.report, provider.results(fetch, answer.report));
    }
  }
}

function endIn(report: ProviderReport): OverPhase | null {
  const { state } = report;
  return state === 'completed' || state === 'failed' || state === 'expired' || state === 'cancelled'
    ? state
    : null;
}

function progress(ctx: Context, job: PartJob, report: ProviderReport): Step {
  const phase =
    report.state === 'unknown'
      ? job.part.phase
      : forward(job.part.phase, report.resultsExpected ? 'finishing' : (report.state as 'running'));
  const counts = report.counts;
  const counting = (counts?.succeeded ?? 0) + (counts?.failed ?? 0) > 0;
  const changed = phase !== job.part.phase || (counting && counts?.succeeded !== job.part.succeeded);
  const wait = changed ? ctx.env.BATCHDECK_POLL_SECONDS.floorMs : nextWait(ctx, job.part.wait_ms);
  const now = ctx.clock();
  return {
    part: {
      phase,
      attention: null,
      failures: 0,
      wait_ms: wait,
      checked_at: now,
      raw_status: report.rawStatus,
      raw_answer: report.raw,
      ...(counting ? { succeeded: counts?.succeeded ?? 0, failed: counts?.failed ?? 0 } : {}),
    },
    batch: {
      checked_at: now,
      ...countsAre(ctx, job, counting),
      ...(report.expiresAt === null ? {} : { expires_at: report.expiresAt }),
      ...(job.batch.started_at === null && phase !== 'pending' ? { started_at: now } : {}),
    },
    ...(phase === job.part.phase
      ? {}
      : { event: { verb: `batch.${phase}`, data: { rawStatus: report.rawStatus } } }),
    inMs: wait,
  };
}

function countsAre(ctx: Context, job: PartJob, counting: boolean): { counts_are?: CountsAre } {
  if (counting) return { counts_are: 'live' };
  const silent = ctx.clock() - (job.batch.submitted_at ?? ctx.clock()) > silentMs;
  return silent ? { counts_are: 'final-only' } : {};
}

/** The results stream to disk once, under a key that holds our fence; only the step at the end makes them visible. */
async function keepResults(
  ctx: Context,
  job: PartJob,
  report: ProviderReport | null,
  sources: ResultSource[],
): Promise<void> {
  const segments: string[] = [];
  try {
    for (const [n, { open }] of sources.entries()) {
      const key = `results/${job.batch.id}/${job.part.id}-${job.claim.fence}-${n}.jsonl`;
      await ctx.blobs.put(key, wholeLines(await open(), job.signal));
      fp('result-kept');
      segments.push(key);
    }
  } catch (error) {
    if (job.signal.aborted || asRefusal(error)) throw error;
    const message = error instanceof Error ? error.message : 'The download broke off.';
    const retryAfterMs = error instanceof ProviderTrouble ? error.retryAfterMs : null;
    return takeStep(
      ctx,
      job,
      trouble(ctx, job, `The results could not be read to their end. ${message}`, retryAfterMs),
    );
  }
  const [problem] = report?.errors ?? [];
  await takeStep(ctx, job, {
    part: {
      phase: 'collecting',
      ends_as: (report && endIn(report)) ?? 'completed',
      attention: null,
      failures: 0,
      tries: 0,
      checked_at: ctx.clock(),
      segments: JSON.stringify(segments),
      // Results that came at the status address take the place of a last word.
      raw_status: report?.rawStatus ?? null,
      raw_answer: report?.raw ?? null,
      ...(problem
        ? { error: JSON.stringify({ code: problem.code ?? 'provider_error', message: problem.message }) }
        : {}),
    },
    batch: {
      checked_at: ctx.clock(),
      ...(job.batch.started_at === null ? { started_at: ctx.clock() } : {}),
      ...(report?.costNano == null
        ? {}
        : { cost_nano: report.costNano, cost_currency: 'USD', cost_source: 'provider' }),
    },
    event: { verb: 'batch.ended_upstream', data: { rawStatus: report?.rawStatus ?? null } },
    inMs: 0,
  });
}

function trouble(ctx: Context, job: PartJob, message: string, retryAfterMs: number | null): Step {
  const afterNotFound = job.part.raw_status === notFound;
  const failures = afterNotFound ? 1 : job.part.failures + 1;
  const wait = nextWait(ctx, job.part.wait_ms);
  return {
    part: {
      failures,
      wait_ms: wait,
      raw_answer: message,
      ...(afterNotFound ? { raw_status: null } : {}),
      attention: failures >= troubleLimit ? 'unreachable' : job.part.attention,
    },
    ...(failures === troubleLimit ? { event: { verb: 'batch.unreachable', data: { message } } } : {}),
    inMs: heeding(wait, retryAfterMs),
  };
}

/** Providers forget a fresh batch for moments; only five 404s in a row after its first two minutes mean that it is gone. */
function gone(ctx: Context, job: PartJob): Step {
  const young = ctx.clock() - (job.batch.submitted_at ?? ctx.clock()) < youngMs;
  const before = job.part.raw_status === notFound ? job.part.failures : 0;
  const failures = young ? 0 : before + 1;
  const wait = nextWait(ctx, job.part.wait_ms);
  if (failures >= troubleLimit && job.part.cancel_asked_at !== null) return endGone(ctx);
  return {
    part: {
      failures,
      wait_ms: wait,
      raw_status: notFound,
      attention: failures >= troubleLimit ? 'gone_upstream' : job.part.attention,
    },
    ...(failures === troubleLimit ? { event: { verb: 'batch.gone_upstream' } } : {}),
    inMs: wait,
  };
}

/** Nothing will ever be heard of it, and a person has asked for its end. */
function endGone(ctx: Context): Step {
  return {
    part: { phase: 'collecting', ends_as: 'cancelled', checked_at: ctx.clock() },
    event: { verb: 'batch.gone_upstream' },
    inMs: 0,
  };
}
