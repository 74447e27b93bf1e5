import 'server-only';
import type { Kysely } from 'kysely';
import { recordEvent } from '#lib/audit/record-event';
import { demand, reachable } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { notFound, Refusal } from '#lib/errors';
import { isDeletable, overPhases, type Phase } from '#lib/model/phase';
import { batchRow } from '#lib/store/batches';
import type { Schema } from '#lib/store/schema';

/** Leaves a tombstone; its links end at once. */
export async function deleteBatch(ctx: Context, id: string): Promise<void> {
  demand(ctx, 'operate');
  const batch = reachable(ctx, await batchRow(ctx.db, ctx.workspace, id));
  if (!isDeletable(batch)) throw new Refusal('conflict', notYet(batch.phase));
  await ctx.db.transaction().execute(async (trx) => {
    await giveCollectingUp(trx, id);
    const { numUpdatedRows } = await trx
      .updateTable('batches')
      .set({ deleted_at: ctx.clock() })
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .where((eb) =>
        eb.or([
          eb('phase', 'in', overPhases),
          eb.and([eb('phase', '=', 'collecting'), eb('attention', '=', 'stalled')]),
        ]),
      )
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw notFound('This batch');
    await trx.deleteFrom('shares').where('batch_id', '=', id).execute();
    await trx.deleteFrom('progress').where('batch_id', '=', id).execute();
    await recordEvent(trx, ctx, { subject: id, verb: 'batch.deleted', data: { name: batch.name } });
  });
}

function notYet(phase: Phase): string {
  return phase === 'collecting'
    ? 'The results of this batch are just being read. Wait for that, then delete it.'
    : 'This batch is not over yet. Cancel it first, then delete it.';
}

/** What could not be read is read no more. The new fence ends a claim that is just held. */
async function giveCollectingUp(trx: Kysely<Schema>, batchId: string): Promise<void> {
  await trx
    .updateTable('parts')
    .set((eb) => ({ phase: 'failed', fence: eb('fence', '+', 1), lease_until: 0 }))
    .where('batch_id', '=', batchId)
    .where('phase', '=', 'collecting')
    .execute();
}
