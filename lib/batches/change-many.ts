import 'server-only';
import { demand, reachable } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { BatchFilter, BulkChange } from '#lib/model/batch.schema';
import { batchRow } from '#lib/store/batches';
import { batchWhere } from './batch-where.ts';
import { cancelBatch } from './cancel-batch.ts';
import { changeBatch } from './change-batch.ts';
import { deleteBatch } from './delete-batch.ts';

/** What became of each: done, or why not. One that cannot be changed holds up none of the others. */
export type BulkAnswer = { done: number; skipped: { id: string; reason: string }[] };

export async function changeMany(ctx: Context, change: BulkChange): Promise<BulkAnswer> {
  demand(ctx, 'operate');
  const ids = change.ids ?? (await found(ctx, change.filter ?? {}, change.count ?? 0));
  const answer: BulkAnswer = { done: 0, skipped: [] };
  for (const id of new Set(ids)) {
    try {
      await changeOne(ctx, id, change);
      answer.done += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answer.skipped.push({ id, reason: error.message });
    }
  }
  return answer;
}

/** Exactly as many as the person was told, or none at all. */
async function found(ctx: Context, filter: BatchFilter, count: number): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('batches')
    .select('id')
    .where((eb) => batchWhere(eb, ctx, filter))
    .orderBy('id')
    .limit(count + 1_000)
    .execute();
  if (rows.length === count) return rows.map(({ id }) => id);
  throw new Refusal('conflict', `The list has changed: it is ${rows.length} batches now, not ${count}.`, {
    count: rows.length,
  });
}

async function changeOne(ctx: Context, id: string, change: BulkChange): Promise<void> {
  switch (change.action) {
    case 'cancel':
      await cancelBatch(ctx, id);
      return;
    case 'delete':
      return deleteBatch(ctx, id);
    case 'tag':
      return tag(ctx, id, change);
  }
}

async function tag(
  ctx: Context,
  id: string,
  { add, remove }: Extract<BulkChange, { action: 'tag' }>,
): Promise<void> {
  const batch = reachable(ctx, await batchRow(ctx.db, ctx.workspace, id));
  const before = JSON.parse(batch.tags) as string[];
  const tags = [...new Set([...before, ...add])].filter((name) => !remove.includes(name));
  if (tags.length > 20) throw new Refusal('invalid', 'A batch has at most 20 tags.');
  if (tags.join('\n') !== before.join('\n')) await changeBatch(ctx, id, { tags });
}
