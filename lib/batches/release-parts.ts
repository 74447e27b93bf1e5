import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { demand, reachable } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { notFound, Refusal } from '#lib/errors';
import type { Batch } from '#lib/model/batch';
import type { Release } from '#lib/model/batch.schema';
import { batchRow, partsOf } from '#lib/store/batches';
import { connectionRow } from '#lib/store/connections';
import { dbNow, timeOf } from '#lib/store/engine';
import { getBatch } from './get-batch.ts';
import { refreshBatch } from './refresh-batch.ts';

/** Lets held parts go: those named, else all of them. A paused connection is not called for that. */
export async function releaseParts(ctx: Context, batchId: string, { partIds }: Release): Promise<Batch> {
  demand(ctx, 'operate');
  const batch = reachable(ctx, await batchRow(ctx.db, ctx.workspace, batchId));
  const parts = await partsOf(ctx.db, [batchId]);
  const unknown = partIds?.some((id) => !parts.some((part) => part.id === id));
  if (unknown) throw notFound('This part');
  const connection = await connectionRow(ctx.db, ctx.workspace, batch.connection_id);
  if (connection && connection.paused_at !== null) {
    throw new Refusal(
      'conflict',
      `${connection.name} is paused. Resume it, and its parts go on by themselves.`,
    );
  }
  await ctx.db.transaction().execute(async (trx) => {
    const now = await timeOf(trx);
    const released = await trx
      .updateTable('parts')
      .set({ hold: null, attention: null, due_at: dbNow(trx), wait_ms: 0, changed_at: now })
      .where('batch_id', '=', batchId)
      .where('hold', 'is not', null)
      .$if(partIds !== undefined, (all) => all.where('id', 'in', partIds ?? []))
      .returning('n')
      .execute();
    if (released.length === 0) return;
    await refreshBatch(trx, batchId, now);
    await recordEvent(
      trx,
      { ...ctx, clock: () => now },
      {
        subject: batchId,
        verb: 'batch.released',
        data: { parts: released.map(({ n }) => n).sort((a, b) => a - b) },
      },
    );
  });
  ctx.wake();
  return getBatch(ctx, batchId);
}
