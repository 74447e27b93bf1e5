import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { demand, reachable } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { notFound, Refusal } from '#lib/errors';
import { isOver, overPhases } from '#lib/model/phase';
import { batchRow } from '#lib/store/batches';

/** Leaves a tombstone; its links end at once. */
export async function deleteBatch(ctx: Context, id: string): Promise<void> {
  demand(ctx, 'operate');
  const batch = reachable(ctx, await batchRow(ctx.db, ctx.workspace, id));
  if (!isOver(batch.phase)) {
    throw new Refusal('conflict', 'This batch is not over yet. Cancel it first, then delete it.');
  }
  await ctx.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('batches')
      .set({ deleted_at: ctx.clock() })
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .where('phase', 'in', overPhases)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw notFound('This batch');
    await trx.deleteFrom('shares').where('batch_id', '=', id).execute();
    await recordEvent(trx, ctx, { subject: id, verb: 'batch.deleted', data: { name: batch.name } });
  });
}
