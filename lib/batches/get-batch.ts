import 'server-only';
import { demand, reachable } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import type { Batch } from '#lib/model/batch';
import { batchRow } from '#lib/store/batches';
import { showBatch } from './show-batch.ts';

export async function getBatch(ctx: Context, id: string): Promise<Batch> {
  demand(ctx, 'read');
  return showBatch(ctx, reachable(ctx, await batchRow(ctx.db, ctx.workspace, id)));
}
