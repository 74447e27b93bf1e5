import { afterAll, expect, test } from 'vitest';
import { createConnection } from '#lib/connections/create-connection';
import { deleteConnection } from '#lib/connections/delete-connection';
import { updateConnection } from '#lib/connections/update-connection';
import type { Context } from '#lib/context';
import { sweepBlobs } from '#lib/files/sweep-blobs';
import type { OutboundRequest } from '#lib/outbound/outbound';
import { exportResults } from '#lib/results/export-results';
import { listResults } from '#lib/results/list-results';
import { replicaOf } from '#lib/test-context';
import { cancelBatch } from './cancel-batch.ts';
import { createBatch } from './create-batch.ts';
import { deleteBatch } from './delete-batch.ts';
import { getBatch } from './get-batch.ts';
import { accepted, answered, json, jsonl, status, step, type Walk, walk } from './lifecycle-kit.ts';

const pools: Context['index'][] = [];
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

const lines = [answered('a', 'from a'), answered('b', 'from b')].map((line) => `${JSON.stringify(line)}\n`);
const results = async ({ ctx }: Walk) => {
  const keys = await Array.fromAsync(ctx.blobs.list('results/'), ({ key }) => key);
  return keys.map((key) => key.slice(key.lastIndexOf('.'))).sort();
};

/** A batch whose results have come by half; the rest comes when it is let. */
async function halfway() {
  const it = await walk();
  pools.push(it.ctx.index);
  const rest = Promise.withResolvers<void>();
  const half = Promise.withResolvers<void>();
  const slow = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(Buffer.from(lines[0] ?? ''));
      await rest.promise;
      controller.enqueue(Buffer.from(lines[1] ?? ''));
      controller.close();
    },
  });
  const answer = () => {
    half.resolve();
    return new Response(slow);
  };
  it.provider.answers = [() => accepted(), answer];
  await it.step();
  const taking = it.step();
  await half.promise;
  const end = async () => {
    rest.resolve();
    await taking;
    for (let n = 0; n < 3; n++) await it.step();
  };
  return { it, other: await replicaOf(it.ctx), end };
}

/** Every line once, with the provider's bytes, and among the blobs what belongs to them and nothing else. */
async function expectWhole(it: Walk): Promise<void> {
  expect(await getBatch(it.ctx, it.batchId)).toMatchObject({
    phase: 'completed',
    counts: { total: 2, succeeded: 2, missing: 0, cancelled: 0 },
  });
  const { body } = await exportResults(it.ctx, it.batchId, 'output.jsonl');
  expect(Buffer.concat(await Array.fromAsync(body)).toString()).toBe(lines.join(''));
  await swept(it);
  expect(await results(it)).toEqual(['.jsonl', '.sqlite', '.text']);
}

const swept = ({ ctx }: Walk) => sweepBlobs({ ...ctx, clock: () => Date.now() + 48 * 3_600_000 });

test('a batch that is cancelled while its results arrive keeps them all', async () => {
  const { it, other, end } = await halfway();
  await cancelBatch(other, it.batchId);
  await end();
  await expectWhole(it);
});

test('a batch that is cancelled while its index is built keeps its end', async () => {
  const { it, other, end } = await halfway();
  const { index } = it.ctx;
  it.ctx.index = {
    ...index,
    async ask(name, order) {
      if (name === 'build') await cancelBatch(other, it.batchId);
      return index.ask(name, order);
    },
  };
  await end();
  await expectWhole(it);
});

test('a batch is not deleted while its results arrive; deleted after, nothing of it is left', async () => {
  const { it, other, end } = await halfway();
  await expect(deleteBatch(other, it.batchId)).rejects.toMatchObject({ code: 'conflict' });
  await end();
  await expectWhole(it);
  await deleteBatch(other, it.batchId);
  await swept(it);
  expect(await results(it)).toEqual([]);
});

test('a batch that is deleted while its lost index is built again leaves nothing', async () => {
  const { it, other, end } = await halfway();
  await end();
  const { index_key } = await it.ctx.db.selectFrom('batches').select('index_key').executeTakeFirstOrThrow();
  await it.ctx.blobs.delete(index_key ?? '');
  const { index } = it.ctx;
  const ask: typeof index.ask = async (name, order) => {
    if (name === 'build') await deleteBatch(other, it.batchId);
    return index.ask(name, order);
  };
  const page = listResults({ ...it.ctx, index: { ...index, ask } }, it.batchId, {
    outcome: [],
    cursor: 0,
    limit: 50,
  });
  await expect(page).rejects.toMatchObject({ code: 'not_found' });
  await swept(it);
  expect(await results(it)).toEqual([]);
});

test('a connection is not deleted while results arrive over it', async () => {
  const { it, other, end } = await halfway();
  const { connection } = await getBatch(it.ctx, it.batchId);
  await expect(deleteConnection(other, connection.id)).rejects.toMatchObject({ code: 'conflict' });
  await end();
  await expectWhole(it);
});

test('a key that was replaced is used by no call after it, the second of a step included', async () => {
  const keys: string[] = [];
  const answers: ((input: OutboundRequest) => Response | Promise<Response>)[] = [];
  const request = async (input: OutboundRequest) => {
    if (typeof input.body === 'object') for await (const _ of input.body);
    keys.push(input.headers.authorization ?? 'none');
    return answers.shift()?.(input) ?? json({}, 500);
  };
  const it = await walk(undefined, { outbound: { request, close: async () => {} } });
  pools.push(it.ctx.index);
  const connection = await createConnection(it.ctx, {
    name: 'gateway',
    preset: 'inline-compatible',
    baseUrl: 'https://gateway.example.com/v1',
    apiKey: 'the-old-key-0123',
  });
  const { file } = await getBatch(it.ctx, it.batchId);
  await it.ctx.db.updateTable('parts').set({ phase: 'cancelled' }).execute();
  const order = { fileId: file.id, connection: 'gateway', name: 'Keyed' };
  const { id } = await createBatch(it.ctx, order);
  answers.push(
    () => accepted(),
    () => status('in_progress'),
  );
  await step(it.ctx);
  await step(it.ctx);
  expect(new Set(keys)).toEqual(new Set(['Bearer the-old-key-0123']));

  // The cancellation is on its way out when the key is replaced; what follows in the same step shows the new one.
  await cancelBatch(it.ctx, id);
  keys.length = 0;
  answers.push(
    async () => {
      await updateConnection(await replicaOf(it.ctx), connection.id, { apiKey: 'the-new-key-4567' });
      return json({ error: { message: 'busy' } }, 503);
    },
    () => jsonl(answered('a'), answered('b')),
  );
  await step(it.ctx);
  await step(it.ctx);
  expect(keys).toEqual(['Bearer the-old-key-0123', 'Bearer the-new-key-4567']);
  expect(await getBatch(it.ctx, id)).toMatchObject({ phase: 'completed', counts: { succeeded: 2 } });
});
