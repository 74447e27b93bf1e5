import { expect, test } from 'vitest';
import { getBatch } from '#lib/batches/get-batch';
import { accepted, status, walk } from '#lib/batches/lifecycle-kit';
import { resultsQuerySchema } from '#lib/model/result.schema';
import { listResults } from '#lib/results/list-results';
import { deleteConnection } from './delete-connection.ts';
import { listConnections } from './list-connections.ts';

const nameOf = async (ctx: Parameters<typeof listConnections>[0]) =>
  (await listConnections(ctx))[0]?.id ?? '';

test('while a batch needs it a connection stays, and the refusal says how many do', async () => {
  const { ctx } = await walk();
  const deleted = deleteConnection(ctx, await nameOf(ctx));
  await expect(deleted).rejects.toMatchObject({ code: 'conflict', details: { batches: 1 } });
  expect(await listConnections(ctx)).toHaveLength(1);
});

test('by force its batches end as failed, their lines say why, and no call is made any more', async () => {
  const { ctx, provider, step, batchId } = await walk();
  provider.answers = [() => accepted(), () => status('in_progress')];
  await step();
  await step();
  const calls = provider.journal.length;
  await deleteConnection(ctx, await nameOf(ctx), { force: true });
  await step();
  await step();
  expect(provider.journal).toHaveLength(calls);
  expect(await getBatch(ctx, batchId)).toMatchObject({
    phase: 'failed',
    attention: null,
    counts: { total: 2, failed: 2, missing: 0 },
    parts: [{ phase: 'failed', error: { code: 'connection_deleted' } }],
  });
  const { items } = await listResults(ctx, batchId, resultsQuerySchema.parse({}));
  expect(items.map(({ outcome, errorCode }) => [outcome, errorCode])).toEqual([
    ['failed', 'connection_deleted'],
    ['failed', 'connection_deleted'],
  ]);
  const told = await ctx.db.selectFrom('events').select('verb').where('subject', '=', batchId).execute();
  expect(told.map(({ verb }) => verb)).toContain('batch.connection_deleted');
});

test('an answer that is still on its way when it is deleted changes nothing any more', async () => {
  const { ctx, provider, step, batchId } = await walk();
  provider.answers = [
    async () => {
      await deleteConnection(ctx, await nameOf(ctx), { force: true });
      return accepted();
    },
  ];
  await step();
  await step();
  expect(await getBatch(ctx, batchId)).toMatchObject({ phase: 'failed', parts: [{ providerBatchId: null }] });
  expect(await ctx.db.selectFrom('intents').select('state').execute()).toEqual([{ state: 'abandoned' }]);
});

test('a batch that is over keeps everything', async () => {
  const { ctx, batchId } = await walk();
  await ctx.db.updateTable('parts').set({ phase: 'completed' }).execute();
  await ctx.db.updateTable('batches').set({ phase: 'completed' }).execute();
  await deleteConnection(ctx, await nameOf(ctx), { force: true });
  expect(await getBatch(ctx, batchId)).toMatchObject({ phase: 'completed', connection: { name: 'Sandbox' } });
});
