import 'server-only';
import type { Kysely, Updateable } from 'kysely';
import { recordEvent } from '#lib/audit/record-event';
import type { Context } from '#lib/context';
import { type BatchRow, batchRow, type PartRow, partRow } from '#lib/store/batches';
import { type Claim, releaseClaim, writeHeld } from '#lib/store/claims';
import type { Schema } from '#lib/store/schema';
import { refreshBatch } from './refresh-batch.ts';
import { jittered } from './waits.ts';

/** A claimed part with its batch: what every verb of the clock starts from. */
export type PartJob = { claim: Claim; part: PartRow; batch: BatchRow; signal: AbortSignal };

export async function loadJob(ctx: Context, claim: Claim, signal: AbortSignal): Promise<PartJob> {
  const part = await partRow(ctx.db, claim.partId);
  return { claim, part, batch: await batchRow(ctx.db, ctx.workspace, part.batch_id), signal };
}

export type Step = {
  part: Updateable<Schema['parts']>;
  batch?: Updateable<Schema['batches']>;
  attempt?: Updateable<Schema['attempts']>;
  intent?: { id: string; change: Updateable<Schema['intents']> };
  /** What the timeline shall tell; nothing where nothing worth telling happened. */
  event?: { verb: string; data?: object };
  /** Looks, with the batch held, whether the step still fits; what it throws undoes the step. */
  check?: (trx: Kysely<Schema>) => Promise<void>;
  /** When the part is looked at again. */
  inMs: number;
};

/** One step of a part's life, whole or not at all, and only while the claim holds. */
export async function takeStep(ctx: Context, job: PartJob, step: Step): Promise<void> {
  const now = ctx.clock();
  const moved = step.part.phase !== undefined && step.part.phase !== job.part.phase;
  const atOnce = await ctx.db.transaction().execute(async (trx: Kysely<Schema>) => {
    await writeHeld(trx, job.claim, { ...step.part, ...(moved ? { changed_at: now } : {}) });
    if (step.intent) {
      await trx.updateTable('intents').set(step.intent.change).where('id', '=', step.intent.id).execute();
    }
    if (step.attempt) {
      await trx
        .updateTable('attempts')
        .set(step.attempt)
        .where('batch_id', '=', job.batch.id)
        .where('n', '=', job.part.attempt)
        .execute();
    }
    await refreshBatch(trx, job.batch.id, step.batch);
    await step.check?.(trx);
    if (step.event) await recordEvent(trx, ctx, { subject: job.batch.id, ...step.event });
    const soon = step.inMs === 0 || (await wasCalled(trx, job));
    await releaseClaim(trx, job.claim, soon ? 0 : jittered(step.inMs));
    return soon;
  });
  if (atOnce) ctx.wake();
}

/** A cancellation or a new key that came while this step was under way must not wait for the next look. */
async function wasCalled(db: Kysely<Schema>, { part }: PartJob): Promise<boolean> {
  const now = await partRow(db, part.id);
  return now.due_at !== part.due_at || now.cancel_asked_at !== part.cancel_asked_at;
}
