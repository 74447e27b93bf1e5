import 'server-only';
import { reachConnection } from '#lib/connections/reach-connection';
import type { Context } from '#lib/context';
import type { Candidate } from '#lib/providers/provider';
import { type IntentRow, latestIntent } from '#lib/store/batches';
import { type PartJob, takeStep } from './part-job.ts';
import { bound } from './settle-steps.ts';
import { nextWait } from './waits.ts';

const maxLooks = 10;

/** A create call whose end nobody recorded: settled by looking at the provider, never by sending again. */
export async function settleSubmission(ctx: Context, job: PartJob): Promise<void> {
  const intent = await latestIntent(ctx.db, job.part.id);
  if (!intent || intent.state === 'intent' || intent.state === 'abandoned' || intent.state === 'refused') {
    return sendAgain(ctx, job, intent);
  }
  const { provider, fetch } = await reachConnection(ctx, job.batch.connection_id);
  if (provider.capabilities.findsBy === null) return askAPerson(ctx, job, intent);
  const { nonce, sent_at, created_at } = intent;
  const requests = job.part.last_ordinal - job.part.first_ordinal + 1;
  const lost = { nonce, inputFileId: null, sentAt: sent_at ?? created_at, requests };
  const found = await lookFor(() => provider.find(fetch, lost));
  const [only] = found ?? [];
  if (found?.length === 1 && only) return takeStep(ctx, job, bound(ctx, intent.id, only.report));
  if (intent.looks + 1 >= maxLooks) return askAPerson(ctx, job, intent);
  await lookAgain(ctx, job, intent);
}

/** The last holder died before it marked the intent as sent, so not one byte has left. */
async function sendAgain(ctx: Context, job: PartJob, intent: IntentRow | undefined): Promise<void> {
  await takeStep(ctx, job, {
    part: { phase: 'queued', attention: null },
    ...(intent ? { intent: { id: intent.id, change: { state: 'abandoned', settled_at: ctx.clock() } } } : {}),
    inMs: 0,
  });
}

async function lookFor(find: () => Promise<Candidate[]>): Promise<Candidate[] | null> {
  try {
    return await find();
  } catch {
    return null;
  }
}

async function lookAgain(ctx: Context, job: PartJob, intent: IntentRow): Promise<void> {
  const wait = nextWait(ctx, job.part.wait_ms);
  await takeStep(ctx, job, {
    part: { wait_ms: wait },
    intent: { id: intent.id, change: { state: 'lost', looks: intent.looks + 1 } },
    inMs: wait,
  });
}

async function askAPerson(ctx: Context, job: PartJob, intent: IntentRow): Promise<void> {
  const asked = job.part.attention === 'needs_decision';
  await takeStep(ctx, job, {
    part: { attention: 'needs_decision' },
    intent: { id: intent.id, change: { state: 'lost' } },
    ...(asked ? {} : { event: { verb: 'batch.needs_decision', data: { sentAt: intent.sent_at } } }),
    inMs: ctx.env.BATCHDECK_POLL_SECONDS.ceilingMs,
  });
}
