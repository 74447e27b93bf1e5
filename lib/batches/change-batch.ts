import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { demand, reachable } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import type { Batch } from '#lib/model/batch';
import type { BatchChange } from '#lib/model/batch.schema';
import { batchRow } from '#lib/store/batches';
import { getBatch } from './get-batch.ts';

export async function changeBatch(ctx: Context, id: string, change: BatchChange): Promise<Batch> {
  demand(ctx, 'operate');
  reachable(ctx, await batchRow(ctx.db, ctx.workspace, id));
  await ctx.db.transaction().execute(async (trx) => {
    await trx
      .updateTable('batches')
      .set({
        ...(change.name === undefined ? {} : { name: change.name }),
        ...(change.tags === undefined ? {} : { tags: JSON.stringify(change.tags) }),
        ...(change.note === undefined ? {} : { note: change.note }),
      })
      .where('id', '=', id)
      .execute();
    await recordEvent(trx, ctx, {
      subject: id,
      verb: 'batch.changed',
      data: { fields: Object.keys(change) },
    });
  });
  return getBatch(ctx, id);
}
