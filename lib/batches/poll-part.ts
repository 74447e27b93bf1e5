import 'server-only';
import type { Context } from '#lib/context';
import { fp } from '#lib/failpoint';
import type { OverPhase } from '#lib/model/phase';
import {
  type PollAnswer,
  type ProviderFetch,
  type ProviderReport,
  ProviderTrouble,
} from '#lib/providers/provider';
import { awaitResults } from './await-results.ts';
import { wentBackInLine } from './back-in-line.ts';
import { gone } from './gone.ts';
import { keepResults } from './keep-results.ts';
import { type PartJob, takeStep } from './part-job.ts';
import { progress } from './progress.ts';
import { type Reached, reachProvider } from './reach-provider.ts';
import { refuseKey } from './refuse-key.ts';
import { trouble } from './trouble.ts';
import { deadlines, within } from './within.ts';

/** Asks the provider once where a batch stands. What it says becomes a step; unknown words keep polling. */
export async function pollPart(ctx: Context, job: PartJob): Promise<void> {
  const id = job.part.provider_batch_id;
  if (id === null) throw new Error(`Part ${job.part.id} is ${job.part.phase} without a provider's id.`);
  const reached = await reachProvider(ctx, job);
  if (!reached) return;
  const { provider, fetch } = reached;
  const wanted = job.part.cancel_asked_at !== null && job.part.cancel_sent_at === null;
  if (wanted && provider.capabilities.canCancel) {
    const answer = await ask(fetch, (bounded) => provider.cancel(bounded, id));
    if (answer.kind === 'report' || answer.kind === 'results') return passedOn(ctx, job, reached, answer);
    // A provider that refuses has usually finished: the look below tells, and the wish is passed on again if not.
    if (answer.kind !== 'trouble') return takeAnswer(ctx, job, reached, answer);
  }
  const answer = await ask(fetch, (bounded) => provider.poll(bounded, id));
  fp('poll');
  await takeAnswer(ctx, job, reached, answer);
}

async function ask(
  fetch: ProviderFetch,
  call: (fetch: ProviderFetch) => Promise<PollAnswer>,
): Promise<PollAnswer> {
  try {
    return await within(deadlines.askMs, fetch, ({ fetch: bounded }) => call(bounded));
  } catch (error) {
    if (!(error instanceof ProviderTrouble)) throw error;
    return { kind: 'trouble', message: error.message, retryAfterMs: error.retryAfterMs };
  }
}

async function passedOn(
  ctx: Context,
  job: PartJob,
  { answered }: Reached,
  answer: PollAnswer & { kind: 'report' | 'results' },
): Promise<void> {
  await answered();
  if (answer.kind === 'results') for await (const _ of answer.lines) break;
  const now = ctx.clock();
  await takeStep(ctx, job, {
    part: {
      phase: 'cancelling',
      cancel_sent_at: now,
      moved_at: now,
      wait_ms: 0,
      attention: null,
      ...(answer.kind === 'report' && answer.report.rawStatus !== ''
        ? { raw_status: answer.report.rawStatus, raw_answer: answer.report.raw }
        : {}),
    },
    event: { verb: 'batch.cancelling' },
    inMs: ctx.env.BATCHDECK_POLL_SECONDS.floorMs,
  });
}

async function takeAnswer(ctx: Context, job: PartJob, reached: Reached, answer: PollAnswer): Promise<void> {
  const { provider, fetch, answered } = reached;
  switch (answer.kind) {
    case 'credential_rejected':
      return refuseKey(ctx, job, answer.message);
    case 'trouble':
      return takeStep(ctx, job, trouble(ctx, job, answer.message, answer.retryAfterMs));
    case 'not_found':
      await answered();
      return takeStep(ctx, job, gone(ctx, job));
    case 'results':
      await answered();
      return keepResults(ctx, job, { report: answer.report, end: endIn(answer.report) ?? 'completed' }, [
        { role: 'output', open: async () => answer.lines },
      ]);
    case 'report': {
      await answered();
      const { report } = answer;
      const end = endIn(report);
      if (end === null) return takeStep(ctx, job, progress(ctx, job, provider.capabilities, answer));
      if (await wentBackInLine(ctx, job, report)) return;
      const patience = awaitResults(ctx, job, report);
      if (patience) return takeStep(ctx, job, patience);
      return keepResults(ctx, job, { report, end }, provider.results(fetch, report));
    }
  }
}

function endIn(report: ProviderReport | null): OverPhase | null {
  const state = report?.state;
  return state === 'completed' || state === 'failed' || state === 'expired' || state === 'cancelled'
    ? state
    : null;
}
