import { expect, test } from 'vitest';
import { getBatch } from '#lib/batches/get-batch';
import { walk } from '#lib/batches/lifecycle-kit';
import type { Context } from '#lib/context';
import { newId } from '#lib/model/id';
import type { BatchRow } from '#lib/store/batches';
import { getTrackRecord } from './get-track-record.ts';

const minute = 60_000;

async function ended(ctx: Context, like: BatchRow, minutes: number, given: Partial<BatchRow> = {}) {
  const id = newId('bat');
  const finished_at = (like.submitted_at ?? 0) + minutes * minute;
  const over = { phase: 'completed' as const, finished_at, succeeded: like.total };
  await ctx.db
    .insertInto('batches')
    .values({ ...like, id, ...over, ...given })
    .execute();
  return id;
}

test('the past of a connection says how long its next batch takes, and no other past does', async () => {
  const { ctx, batchId } = await walk();
  const now = ctx.clock();
  await ctx.db.updateTable('batches').set({ phase: 'running', submitted_at: now, started_at: now }).execute();
  const like = await ctx.db.selectFrom('batches').selectAll().executeTakeFirstOrThrow();
  const { connection } = await getBatch(ctx, batchId);
  expect((await getTrackRecord(ctx, connection.id)).all).toBeNull();
  expect((await getBatch(ctx, batchId)).etaUnknown).toBe('no_history');

  for (const minutes of [10, 20, 30]) await ended(ctx, like, minutes);
  await ended(ctx, like, 999, { phase: 'failed', succeeded: 0 });
  const twice = await ended(ctx, like, 999);
  const attempt = { workspace: like.workspace, n: 2, file_id: like.file_id, recipe: null };
  await ctx.db
    .insertInto('attempts')
    .values({ ...attempt, batch_id: twice, phase: 'completed' })
    .execute();
  const elsewhere = newId('con');
  const row = await ctx.db.selectFrom('connections').selectAll().executeTakeFirstOrThrow();
  await ctx.db
    .insertInto('connections')
    .values({ ...row, id: elsewhere, name: 'elsewhere' })
    .execute();
  await ended(ctx, like, 999, { connection_id: elsewhere });

  expect(await getTrackRecord(ctx, connection.id)).toMatchObject({
    all: { batches: 4, median: 20 * minute, p90: 30 * minute, success: 0.75 },
    sizes: [{ name: 'up to 100 requests', batches: 4 }],
    models: [{ name: 'sandbox/instant', batches: 4 }],
  });
  const { eta } = await getBatch(ctx, batchId);
  expect(eta).toEqual({
    from: new Date(now + 10 * minute).toISOString(),
    to: new Date(now + 30 * minute).toISOString(),
    basis: 'history',
    seen: 3,
  });
});
