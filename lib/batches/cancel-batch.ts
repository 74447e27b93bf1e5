import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { demand, reachable } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import type { Batch } from '#lib/model/batch';
import { overPhases } from '#lib/model/phase';
import { batchRow } from '#lib/store/batches';
import { getBatch } from './get-batch.ts';

/** Asks for the end. The clock passes it on; a batch that is already over simply stays as it is. */
export async function cancelBatch(ctx: Context, id: string): Promise<Batch> {
  demand(ctx, 'operate');
  reachable(ctx, await batchRow(ctx.db, ctx.workspace, id));
  await ctx.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('parts')
      .set({ cancel_asked_at: ctx.clock(), due_at: 0, hold: null })
      .where('batch_id', '=', id)
      .where('cancel_asked_at', 'is', null)
      .where('phase', 'not in', [...overPhases, 'collecting'])
      .executeTakeFirst();
    if (numUpdatedRows > 0n) await recordEvent(trx, ctx, { subject: id, verb: 'batch.cancel_asked' });
  });
  ctx.wake();
  return getBatch(ctx, id);
}
