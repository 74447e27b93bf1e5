import 'server-only';
import type { Kysely } from 'kysely';
import { reachConnection } from '#lib/connections/reach-connection';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { fp } from '#lib/failpoint';
import { readRequestLines } from '#lib/files/read-lines';
import { newId } from '#lib/model/id';
import type { CreateAnswer } from '#lib/providers/provider';
import { attemptFile, partRow } from '#lib/store/batches';
import { writeHeld } from '#lib/store/claims';
import type { Schema } from '#lib/store/schema';
import { type PartJob, takeStep } from './part-job.ts';
import { refreshBatch } from './refresh-batch.ts';
import { bound, pauseForCredential } from './settle-steps.ts';
import { heeding, nextWait } from './waits.ts';

/** Intent first, then one create call, never repeated blindly. What the call's end means is decided here and nowhere else. */
export async function submitPart(ctx: Context, job: PartJob): Promise<void> {
  if (job.part.cancel_asked_at !== null) return endUnsent(ctx, job);
  const intentId = await writeIntent(ctx, job);
  const call = await prepare(ctx, job);
  if (call instanceof Refusal) {
    return takeStep(ctx, job, {
      ...pauseForCredential(job, call.message),
      inMs: ctx.env.BATCHDECK_POLL_SECONDS.ceilingMs,
      intent: { id: intentId, change: { state: 'abandoned', settled_at: ctx.clock() } },
    });
  }
  if (!(await markSent(ctx, job, intentId))) return endUnsent(ctx, job, intentId);
  fp('create-sent');
  const answer = await call();
  fp('create-answered');
  await settle(ctx, job, intentId, answer);
  fp('create-recorded');
}

async function endUnsent(ctx: Context, job: PartJob, intentId?: string): Promise<void> {
  const settled = { state: 'abandoned', settled_at: ctx.clock() } as const;
  await takeStep(ctx, job, {
    ...(intentId === undefined ? {} : { intent: { id: intentId, change: settled } }),
    part: { phase: 'collecting', ends_as: 'cancelled' },
    event: { verb: 'batch.cancelled_unsent' },
    inMs: 0,
  });
}

async function writeIntent(ctx: Context, job: PartJob): Promise<string> {
  const id = newId('int');
  await ctx.db.transaction().execute(async (trx: Kysely<Schema>) => {
    await writeHeld(trx, job.claim, { phase: 'submitting', changed_at: ctx.clock() });
    await trx
      .insertInto('intents')
      .values({
        id,
        workspace: ctx.workspace,
        part_id: job.part.id,
        nonce: newId('req'),
        state: 'intent',
        fence: job.claim.fence,
        created_at: ctx.clock(),
        sent_at: null,
        settled_at: null,
        looks: 0,
      })
      .execute();
    await refreshBatch(trx, job.batch.id);
    fp('intent-row');
  });
  fp('intent-kept');
  return id;
}

/** Everything that can fail without a byte leaving happens before the intent is marked as sent. */
async function prepare(ctx: Context, job: PartJob): Promise<Refusal | (() => Promise<CreateAnswer>)> {
  try {
    const { provider, fetch } = await reachConnection(ctx, job.batch.connection_id);
    const blobKey = await attemptFile(ctx.db, job.part);
    const nonce = await nonceOf(ctx, job);
    return () =>
      provider.create(fetch, {
        nonce,
        lines: readRequestLines(ctx.blobs, blobKey),
        endpoint: job.batch.endpoint,
        completionWindow: job.batch.completion_window,
      });
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

async function nonceOf(ctx: Context, job: PartJob): Promise<string> {
  const { nonce } = await ctx.db
    .selectFrom('intents')
    .select('nonce')
    .where('part_id', '=', job.part.id)
    .where('fence', '=', job.claim.fence)
    .executeTakeFirstOrThrow();
  return nonce;
}

/**
 * From here on the provider may have accepted it, whatever we hear. A holder that lost its claim gets no further,
 * and neither does a part somebody cancelled meanwhile.
 */
async function markSent(ctx: Context, job: PartJob, intentId: string): Promise<boolean> {
  return ctx.db.transaction().execute(async (trx: Kysely<Schema>) => {
    await writeHeld(trx, job.claim, { checked_at: ctx.clock() });
    if ((await partRow(trx, job.part.id)).cancel_asked_at !== null) return false;
    await trx
      .updateTable('intents')
      .set({ state: 'sent', sent_at: ctx.clock() })
      .where('id', '=', intentId)
      .where('state', '=', 'intent')
      .executeTakeFirstOrThrow();
    return true;
  });
}

async function settle(ctx: Context, job: PartJob, intentId: string, answer: CreateAnswer): Promise<void> {
  const settled = (state: 'refused' | 'abandoned') => ({
    id: intentId,
    change: { state, settled_at: ctx.clock() },
  });
  switch (answer.kind) {
    case 'accepted':
      return takeStep(ctx, job, bound(ctx, intentId, answer.report));
    case 'refused':
      return takeStep(ctx, job, {
        part: {
          phase: 'collecting',
          ends_as: 'failed',
          error: JSON.stringify({ code: answer.code, message: answer.message }),
        },
        intent: settled('refused'),
        event: {
          verb: 'batch.refused',
          data: { code: answer.code, message: answer.message, status: answer.httpStatus },
        },
        inMs: 0,
      });
    case 'credential_rejected':
      return takeStep(ctx, job, {
        ...pauseForCredential(job, answer.message),
        intent: settled('refused'),
      });
    case 'wait':
    case 'not_sent':
      return takeStep(ctx, job, {
        ...waitAndSendAgain(ctx, job, answer),
        intent: settled(answer.kind === 'wait' ? 'refused' : 'abandoned'),
      });
    case 'lost':
      return takeStep(ctx, job, {
        part: { raw_answer: answer.message },
        intent: { id: intentId, change: { state: 'lost' } },
        event: { verb: 'batch.answer_lost', data: { message: answer.message } },
        inMs: 0,
      });
  }
}

function waitAndSendAgain(
  ctx: Context,
  job: PartJob,
  answer: { message: string; retryAfterMs?: number | null },
): { part: object; event: { verb: string; data: object }; inMs: number } {
  const failures = job.part.failures + 1;
  const wait = nextWait(ctx, job.part.wait_ms);
  return {
    part: { phase: 'queued', failures, wait_ms: wait, attention: failures >= 5 ? 'unreachable' : null },
    event: { verb: 'batch.not_sent', data: { message: answer.message } },
    inMs: heeding(wait, answer.retryAfterMs ?? null),
  };
}
