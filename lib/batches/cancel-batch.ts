import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { demand, reachable } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import type { Batch } from '#lib/model/batch';
import { type Cancellation, cancellationWords } from '#lib/model/cancellation';
import { isOver, overPhases } from '#lib/model/phase';
import { providerFor } from '#lib/providers/registry';
import { batchRow } from '#lib/store/batches';
import { dbNow, timeOf } from '#lib/store/engine';
import { getBatch } from './get-batch.ts';
import { refreshBatch } from './refresh-batch.ts';

/** Asks for the end, and always answers. The clock passes it on; what is over already stays as it is. */
export async function cancelBatch(ctx: Context, id: string): Promise<Batch & { cancellation: Cancellation }> {
  demand(ctx, 'operate');
  reachable(ctx, await batchRow(ctx.db, ctx.workspace, id));
  const asked = await ctx.db.transaction().execute(async (trx) => {
    const now = await timeOf(trx);
    const { numUpdatedRows } = await trx
      .updateTable('parts')
      .set((eb) => ({
        cancel_asked_at: now,
        due_at: dbNow(trx),
        hold: null,
        attention: eb.fn<'held' | null>('nullif', ['attention', eb.val('held')]),
      }))
      .where('batch_id', '=', id)
      .where('cancel_asked_at', 'is', null)
      .where('phase', 'not in', [...overPhases, 'collecting'])
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await refreshBatch(trx, id, now);
    await recordEvent(trx, { ...ctx, clock: () => now }, { subject: id, verb: 'batch.cancel_asked' });
    return true;
  });
  ctx.wake();
  const batch = await getBatch(ctx, id);
  return { ...batch, cancellation: cancellationOf(batch, asked) };
}

function cancellationOf(batch: Batch, asked: boolean): Cancellation {
  const { canCancel } = providerFor(batch.dialect, batch.connection.preset).capabilities;
  const state = asked
    ? canCancel
      ? 'asked'
      : 'unsent_only'
    : isOver(batch.phase) || batch.phase === 'collecting'
      ? 'already_finished'
      : 'already_asked';
  return { state, message: cancellationWords(state, batch) };
}
