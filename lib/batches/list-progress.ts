import 'server-only';
import type { Context } from '#lib/context';
import type { ProgressPoint } from '#lib/model/progress';
import { iso } from '#lib/store/batch-facts';
import { getBatch } from './get-batch.ts';

/** How its counts have changed, oldest first; nothing of a batch whose provider has not counted yet. */
export async function listProgress(ctx: Context, batchId: string): Promise<ProgressPoint[]> {
  await getBatch(ctx, batchId);
  const points = await ctx.db
    .selectFrom('progress')
    .select(['at', 'succeeded', 'failed', 'other'])
    .where('batch_id', '=', batchId)
    .orderBy('at')
    .execute();
  return points.map(({ at, ...counts }) => ({ at: iso(at), ...counts }));
}
