import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBlobs } from '#lib/blobs/open-blobs';
import { type S3Kit, startS3 } from '#lib/blobs/s3-kit';
import type { Context } from '#lib/context';
import { demandOwnBlobs } from '#lib/files/demand-own-blobs';
import { sweepBlobs } from '#lib/files/sweep-blobs';
import { exportResults } from '#lib/results/export-results';
import { getResult } from '#lib/results/get-result';
import { listResults } from '#lib/results/list-results';
import { indexBlobs } from '#lib/store/blob-keys';
import { testEnv } from '#lib/test-context';
import { deleteBatch } from './delete-batch.ts';
import { getBatch } from './get-batch.ts';
import { accepted, answered, jsonl, twoRequests, type Walk, walk } from './lifecycle-kit.ts';

let kit: S3Kit;
let it: Walk;
beforeAll(async () => {
  kit = await startS3();
  const env = testEnv({ BLOB_URL: kit.url, BATCHDECK_POLL_SECONDS: '0.001-0.002' });
  it = await walk(twoRequests, { env, blobs: await openBlobs(env) });
});
afterAll(async () => {
  await it.ctx.index.close();
  await kit.close();
});

const read = async (body: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(body)).toString();
const elsewhere = async (): Promise<Context> => {
  const env = testEnv({ BLOB_URL: kit.url });
  return { ...it.ctx, env, blobs: await openBlobs(env) };
};

test('a batch whose bodies stand in a bucket is walked as on disk', async () => {
  const { ctx, batchId } = it;
  await demandOwnBlobs(ctx.env, ctx.db, ctx.blobs);
  const answers = [answered('b', 'from b'), answered('a', 'from a')];
  it.provider.answers = [() => accepted(), () => jsonl(...answers)];
  for (let i = 0; i < 3; i++) await it.step();
  expect(await getBatch(ctx, batchId)).toMatchObject({ phase: 'completed', counts: { succeeded: 2 } });
  const { body } = await exportResults(ctx, batchId, 'output.jsonl');
  expect(await read(body)).toBe(
    [...answers]
      .reverse()
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
  );
  expect(await read((await exportResults(ctx, batchId, 'input.jsonl')).body)).toBe(twoRequests);
});

test('another machine with a cache of its own shows the same', async () => {
  const there = await elsewhere();
  await demandOwnBlobs(there.env, there.db, there.blobs);
  const page = await listResults(there, it.batchId, { outcome: [], cursor: 0, limit: 50 });
  expect(page.items.map(({ preview }) => preview)).toEqual(['from a', 'from b']);
  expect((await getResult(there, it.batchId, 2)).response?.text).toContain('from b');
});

test('an index that left the bucket is built again from the segments', async () => {
  const { index_key } = await it.ctx.db.selectFrom('batches').select('index_key').executeTakeFirstOrThrow();
  for (const key of indexBlobs(index_key)) await it.ctx.blobs.delete(key);
  const page = await listResults(await elsewhere(), it.batchId, { outcome: [], cursor: 0, limit: 50 });
  expect(page.total).toBe(2);
});

test('the sweep leaves what is named and frees what a deleted batch had', async () => {
  const later = { ...it.ctx, clock: () => Date.now() + 61 * 60_000 };
  expect(await sweepBlobs(later)).toBe(0);
  await deleteBatch(it.ctx, it.batchId);
  expect(await sweepBlobs(later)).toBe(3);
  const left = await Array.fromAsync(it.ctx.blobs.list(''), ({ key }) => key.split('/')[0]);
  expect(left.sort()).toEqual(['files', 'store-mark']);
});
