import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Batch } from '#lib/model/batch';
import { batchesQuerySchema } from '#lib/model/batch.schema';
import { once } from '#lib/replays/once';
import { replicaOf } from '#lib/test-context';
import { createBatch } from './create-batch.ts';
import { getBatch } from './get-batch.ts';
import { accepted, answered, jsonl, type Walk, walk } from './lifecycle-kit.ts';
import { listBatches } from './list-batches.ts';

const hours = 3_600_000;
const everyBatch = async ({ ctx }: Walk) => (await listBatches(ctx, batchesQuerySchema.parse({}))).items;

async function threeReplicas() {
  const it = await walk();
  const { file } = await getBatch(it.ctx, it.batchId);
  const replicas = [it.ctx, await replicaOf(it.ctx), await replicaOf(it.ctx)];
  const order = { fileId: file.id, connection: 'Sandbox', name: 'Once' };
  const submit = (n: number, what = order) => createBatch(replicas[n % 3] ?? it.ctx, what, 'key');
  return { it, order, submit };
}

test('fifty submits of one draft over three replicas are one batch, sent once, and hear the same bytes', async () => {
  const { it, order, submit } = await threeReplicas();
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => submit(n)));
  const [heard] = answers.map((answer) => JSON.stringify(answer));
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set([heard]));
  expect(await everyBatch(it)).toHaveLength(2);

  const results = () => jsonl(answered('a'), answered('b'));
  it.provider.answers = [() => accepted('one'), () => accepted('two'), results, results];
  for (let n = 0; n < 4; n++) await it.step();
  expect(it.provider.creates()).toHaveLength(2);
  const { id } = answers[0] as Batch;
  expect(await getBatch(it.ctx, id)).toMatchObject({ phase: 'completed' });
  const late = { ...it.ctx, clock: () => Date.now() + 25 * hours };
  expect(JSON.stringify(await submit(1))).toBe(heard);
  expect(JSON.stringify(await createBatch(late, order, 'key'))).toBe(heard);
  expect(await everyBatch(it)).toHaveLength(2);
});

test('the same key with another draft is a conflict on every replica, however many come at once', async () => {
  const { it, order, submit } = await threeReplicas();
  const ends = await Promise.allSettled(
    Array.from({ length: 12 }, (_, n) => submit(n, { ...order, name: `Draft ${n % 2}` })),
  );
  const made = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value.id] : []));
  expect(new Set(made).size).toBe(1);
  expect(made).toHaveLength(6);
  const refused = ends.flatMap((end) =>
    end.status === 'rejected' ? [(end.reason as { code: string }).code] : [],
  );
  expect(refused).toEqual(Array(6).fill('conflict'));
  expect(await everyBatch(it)).toHaveLength(2);
});

test('a request that comes while the first is under way waits for it and hears its answer', async () => {
  const { it } = await threeReplicas();
  const gate = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const first = once(it.ctx, 'slow', {}, async () => async () => {
    begun.resolve();
    await gate.promise;
    return 'first';
  });
  await begun.promise;
  let heard: string | null = null;
  const second = once(await replicaOf(it.ctx), 'slow', {}, async () => async () => 'second').then(
    (answer) => {
      heard = answer;
    },
  );
  await sleep(300);
  expect(heard).toBeNull();
  gate.resolve();
  expect(await first).toBe('first');
  await second;
  expect(heard).toBe('first');
});

test('where the first fails, the one that waited makes it', async () => {
  const { it } = await threeReplicas();
  const gate = Promise.withResolvers<void>();
  const first = once(it.ctx, 'broken', {}, async () => async () => {
    await gate.promise;
    throw new Error('no');
  });
  const second = once(await replicaOf(it.ctx), 'broken', {}, async () => async () => 'second');
  gate.resolve();
  await expect(first).rejects.toThrow('no');
  expect(await second).toBe('second');
});
