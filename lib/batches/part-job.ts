import 'server-only';
import type { Kysely, Updateable } from 'kysely';
import { recordEvent } from '#lib/audit/record-event';
import type { Context } from '#lib/context';
import { type BatchRow, batchRow, type PartRow, partRow } from '#lib/store/batches';
import { type Claim, releaseClaim, writeHeld } from '#lib/store/claims';
import { type ConnectionRow, connectionRow } from '#lib/store/connections';
import type { Schema } from '#lib/store/schema';
import type { Holding } from './hold-claim.ts';
import { refreshBatch } from './refresh-batch.ts';
import { jittered } from './waits.ts';
import { wakeLine } from './wake-line.ts';

/** A claimed part with what it belongs to: what every verb of the clock starts from. */
export type PartJob = Holding & {
  claim: Claim;
  part: PartRow;
  batch: BatchRow;
  connection: ConnectionRow;
  /** The file of its attempt. */
  fileId: string;
  /** When the provider took it: a part may be sent long after the first of its batch. */
  sentAt: number | null;
};

export async function loadJob(ctx: Context, claim: Claim, holding: Holding): Promise<PartJob> {
  const part = await partRow(ctx.db, claim.partId);
  const batch = await batchRow(ctx.db, ctx.workspace, part.batch_id);
  const connection = await connectionRow(ctx.db, ctx.workspace, batch.connection_id);
  if (!connection) throw new Error(`Batch ${batch.id} names a connection that is not there.`);
  const { fileId, sentAt } = await ctx.db
    .selectFrom('attempts')
    .select((eb) => [
      'file_id as fileId',
      eb
        .selectFrom('intents')
        .select((of) => of.fn.max('settled_at').as('at'))
        .where('part_id', '=', part.id)
        .where('state', '=', 'bound')
        .as('sentAt'),
    ])
    .where('batch_id', '=', batch.id)
    .where('n', '=', part.attempt)
    .executeTakeFirstOrThrow();
  return { ...holding, claim, part, batch, connection, fileId, sentAt: sentAt ?? batch.submitted_at };
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

/** A step that depends on rows of others is made inside its own transaction, before the part is touched. */
type Steps = Step | ((trx: Kysely<Schema>) => Promise<Step>);

/** One step of a part's life, whole or not at all, and only while the claim holds. */
export async function takeStep(ctx: Context, job: PartJob, made: Steps): Promise<void> {
  const now = ctx.clock();
  const atOnce = await ctx.db.transaction().execute(async (trx: Kysely<Schema>) => {
    const step = typeof made === 'function' ? await made(trx) : made;
    const moved = step.part.phase !== undefined && step.part.phase !== job.part.phase;
    await writeHeld(trx, job.claim, {
      ...step.part,
      ...standingAfter(job, step),
      ...(moved ? { changed_at: now } : {}),
    });
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
    const parts = await refreshBatch(trx, job.batch.id, now, step.batch);
    await step.check?.(trx);
    if (step.event) await tell(trx, ctx, job, step.event, parts);
    if (givesRoom(job, step)) await wakeLine(trx, job.connection.id);
    const soon = step.inMs === 0 || (await wasCalled(trx, job));
    await releaseClaim(trx, job.claim, soon ? 0 : jittered(step.inMs));
    return soon || givesRoom(job, step);
  });
  if (atOnce) ctx.wake();
}

async function tell(
  trx: Kysely<Schema>,
  ctx: Context,
  { batch, part }: PartJob,
  { verb, data }: NonNullable<Step['event']>,
  parts: number,
): Promise<void> {
  const which = parts > 1 ? { part: part.n } : {};
  await recordEvent(trx, ctx, { subject: batch.id, verb, data: { ...which, ...data } });
}

/** Its place at the provider is free again, or it has just left the line that others stand in. */
function givesRoom({ part }: PartJob, step: Step): boolean {
  const ended = part.provider_batch_id !== null && step.part.phase === 'collecting';
  return ended || (part.hold === 'queue' && step.part.hold !== 'queue');
}

/** What moves is no longer held, and then nobody is needed to let it go. */
function standingAfter({ part }: PartJob, step: Step): Updateable<Schema['parts']> {
  const hold = step.part.hold ?? null;
  const attention = step.part.attention === undefined ? part.attention : step.part.attention;
  return { hold, attention: attention === 'held' && hold === null ? null : attention };
}

/** A cancellation or a new key that came while this step was under way must not wait for the next look. */
async function wasCalled(db: Kysely<Schema>, { part }: PartJob): Promise<boolean> {
  const now = await partRow(db, part.id);
  return now.due_at !== part.due_at || now.cancel_asked_at !== part.cancel_asked_at;
}
