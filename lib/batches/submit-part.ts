import 'server-only';
import type { Kysely } from 'kysely';
import type { Context } from '#lib/context';
import { fp } from '#lib/failpoint';
import { openFile } from '#lib/files/open-file';
import { readRequestLines } from '#lib/files/read-lines';
import { newId } from '#lib/model/id';
import { type CreateAnswer, type CreateInput, ProviderTrouble } from '#lib/providers/provider';
import { type IntentRow, latestIntent, partRow } from '#lib/store/batches';
import { writeHeld } from '#lib/store/claims';
import { dbNow } from '#lib/store/engine';
import type { Schema } from '#lib/store/schema';
import { type PartJob, takeStep } from './part-job.ts';
import { type Reached, reachProvider } from './reach-provider.ts';
import { recordAnswer } from './record-answer.ts';
import { refreshBatch } from './refresh-batch.ts';
import { uploadLines } from './upload-lines.ts';
import { waitsInLine } from './wait-in-line.ts';
import { deadlines, within } from './within.ts';

/** Intent first, then the file where the provider takes files, then one create call, never repeated blindly. */
export async function submitPart(ctx: Context, job: PartJob): Promise<void> {
  if (job.part.cancel_asked_at !== null) return endUnsent(ctx, job);
  if (await waitsInLine(ctx, job)) return;
  const reached = await reachProvider(ctx, job);
  if (!reached) return;
  const { blobKey } = await openFile(ctx, job.fileId);
  const intent = await standingIntent(ctx, job);
  const input = inputOf(ctx, job, intent, blobKey);
  const inputFileId = await uploadLines(ctx, job, intent, reached, input);
  if (inputFileId === undefined) return;
  if (!(await markSent(ctx, job, intent.id))) return endUnsent(ctx, job);
  fp('create-sent');
  const answer = await createOnce(job, reached, { ...input, inputFileId });
  fp('create-answered');
  await recordAnswer(ctx, job, intent.id, reached, answer);
  fp('create-recorded');
}

async function endUnsent(ctx: Context, job: PartJob): Promise<void> {
  const intent = await latestIntent(ctx.db, job.part.id);
  const settled = { state: 'abandoned', settled_at: ctx.clock() } as const;
  await takeStep(ctx, job, {
    ...(intent?.state === 'intent' ? { intent: { id: intent.id, change: settled } } : {}),
    part: { phase: 'collecting', ends_as: 'cancelled' },
    event: { verb: 'batch.cancelled_unsent' },
    inMs: 0,
  });
}

/** One whose call was never made is taken up again: not a byte of it has left, but for a file that cost nothing. */
async function standingIntent(ctx: Context, job: PartJob): Promise<IntentRow> {
  const last = await latestIntent(ctx.db, job.part.id);
  if (last?.state === 'intent') return last;
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
        input_file_id: job.part.input_file_id,
      })
      .execute();
    await refreshBatch(trx, job.batch.id, ctx.clock());
    fp('intent-row');
  });
  fp('intent-kept');
  return ctx.db.selectFrom('intents').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

function inputOf(ctx: Context, { part, batch }: PartJob, intent: IntentRow, blobKey: string): CreateInput {
  const { first_byte, last_byte } = part;
  const range =
    first_byte === null || last_byte === null
      ? undefined
      : { offset: first_byte, length: last_byte - first_byte + 1 };
  return {
    nonce: intent.nonce,
    lines: () => readRequestLines(ctx.blobs, blobKey, range),
    requests: part.last_ordinal - part.first_ordinal + 1,
    endpoint: batch.endpoint,
    completionWindow: batch.completion_window,
    metadata: JSON.parse(batch.metadata) as Record<string, string>,
    inputFileId: part.input_file_id,
  };
}

/**
 * From here on the provider may have accepted it, whatever we hear. A holder that lost its claim gets no further,
 * and neither does a part somebody cancelled meanwhile.
 */
async function markSent(ctx: Context, job: PartJob, intentId: string): Promise<boolean> {
  return ctx.db.transaction().execute(async (trx: Kysely<Schema>) => {
    await writeHeld(trx, job.claim, { checked_at: ctx.clock() });
    if ((await partRow(trx, job.part.id)).cancel_asked_at !== null) return false;
    const { numUpdatedRows } = await trx
      .updateTable('intents')
      .set({ state: 'sent', sent_at: dbNow(trx) })
      .where('id', '=', intentId)
      .where('state', '=', 'intent')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new Error(`The intent ${intentId} was taken up by somebody else.`);
    return true;
  });
}

/** Who stood still since then may have been overtaken: nothing leaves on a lease that has run out. */
async function createOnce(
  job: PartJob,
  { provider, fetch }: Reached,
  input: CreateInput,
): Promise<CreateAnswer> {
  if (!job.isHeld()) return { kind: 'not_sent', message: 'The lease ran out before the call was made.' };
  try {
    return await within(deadlines.createMs, fetch, ({ fetch: bounded, watched }) =>
      provider.create(bounded, { ...input, lines: () => watched(whileHeld(job, input.lines())) }),
    );
  } catch (error) {
    if (error instanceof ProviderTrouble) return { kind: 'lost', message: error.message };
    throw error;
  }
}

/** A body that breaks off was accepted by nobody; a person may meanwhile have sent the lines again. */
async function* whileHeld<C>(job: PartJob, lines: AsyncIterable<C>): AsyncGenerator<C> {
  for await (const line of lines) {
    if (!job.isHeld()) throw new ProviderTrouble('The lease ran out while the lines were sent.');
    yield line;
  }
}
