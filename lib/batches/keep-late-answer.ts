import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import type { Context } from '#lib/context';
import type { CreateAnswer } from '#lib/providers/provider';
import { partRow } from '#lib/store/batches';
import type { PartJob } from './part-job.ts';

/**
 * What a holder heard of its own call after the part had passed on. The part is no longer its to change, but the
 * intent is: where nobody has decided yet this settles it, else it tells where a second batch runs.
 */
export async function keepLateAnswer(
  ctx: Context,
  { part }: PartJob,
  intentId: string,
  answer: CreateAnswer,
): Promise<void> {
  if (answer.kind === 'lost') return;
  if (answer.kind !== 'accepted') return settle(ctx, intentId, answer.kind);
  const { providerBatchId } = answer.report;
  await ctx.db.transaction().execute(async (trx) => {
    const { state } = await trx
      .updateTable('intents')
      .set({ provider_batch_id: providerBatchId })
      .where('id', '=', intentId)
      .returning('state')
      .executeTakeFirstOrThrow();
    const { provider_batch_id: followed } = await partRow(trx, part.id);
    const decided = state === 'abandoned' || state === 'bound';
    if (!decided || followed === providerBatchId) return;
    await recordEvent(trx, ctx, {
      subject: part.batch_id,
      verb: 'batch.late_answer',
      data: { providerBatchId },
    });
  });
  await lookNow(ctx, part.id);
}

async function settle(ctx: Context, intentId: string, kind: CreateAnswer['kind']): Promise<void> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('intents')
    .set({ state: kind === 'not_sent' ? 'abandoned' : 'refused', settled_at: ctx.clock() })
    .where('id', '=', intentId)
    .where('state', 'in', ['sent', 'lost'])
    .executeTakeFirst();
  if (numUpdatedRows === 0n) ctx.log.info('An answer came after it was decided', { intent: intentId, kind });
}

async function lookNow(ctx: Context, partId: string): Promise<void> {
  await ctx.db
    .updateTable('parts')
    .set({ due_at: 0 })
    .where('id', '=', partId)
    .where('phase', '=', 'submitting')
    .execute();
  ctx.wake();
}
