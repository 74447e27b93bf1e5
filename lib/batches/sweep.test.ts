import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openFsBlobs } from '#lib/blobs/fs';
import type { Context } from '#lib/context';
import { readContent } from '#lib/files/read-content';
import { sweepBlobs } from '#lib/files/sweep-blobs';
import { listResults } from '#lib/results/list-results';
import { testContext } from '#lib/test-context';
import { deleteBatch } from './delete-batch.ts';
import { getBatch } from './get-batch.ts';
import { accepted, answered, jsonl, type Walk, walk } from './lifecycle-kit.ts';

const pools: Context['index'][] = [];
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

async function begin(): Promise<Walk> {
  const it = await walk();
  pools.push(it.ctx.index);
  return it;
}

async function finished(): Promise<Walk> {
  const it = await begin();
  it.provider.answers = [() => accepted(), () => jsonl(answered('a'), answered('b'))];
  for (let i = 0; i < 3; i++) await it.step();
  expect(await getBatch(it.ctx, it.batchId)).toMatchObject({ phase: 'completed' });
  return it;
}

const later = (ctx: Context, minutes: number) => ({ ...ctx, clock: () => Date.now() + minutes * 60_000 });
const keys = async ({ ctx }: Pick<Walk, 'ctx'>) =>
  (await Array.fromAsync(ctx.blobs.list(''), ({ key }) => key)).sort();
async function put({ ctx }: Pick<Walk, 'ctx'>, key: string): Promise<void> {
  await ctx.blobs.put(
    key,
    (async function* () {
      yield Buffer.from('x');
    })(),
  );
}

test('what is pointed to stays, what nothing points to goes after an hour', async () => {
  const it = await finished();
  const before = await keys(it);
  const orphans = [
    `results/${it.batchId}/prt_x-1-0.jsonl`,
    'results/bat_none/index-1-1.sqlite',
    'files/fil_none',
  ];
  for (const key of orphans) await put(it, key);
  expect(await sweepBlobs(later(it.ctx, 59))).toBe(0);
  expect(await sweepBlobs(later(it.ctx, 61))).toBe(3);
  expect(await keys(it)).toEqual(before);
  const page = await listResults(it.ctx, it.batchId, { outcome: [], cursor: 0, limit: 50 });
  expect(page.items.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
});

test('more orphans than a page holds are all freed', async () => {
  // On disk also beside Postgres: how many there are is no matter of the store, and there they are cheap.
  const dir = mkdtempSync(path.join(tmpdir(), 'batchdeck-'));
  const ctx = await testContext({ blobs: openFsBlobs(dir) });
  const orphans = Array.from({ length: 450 }, (_, i) => `files/fil_${i}`);
  for (const key of orphans) await put({ ctx }, key);
  expect(await sweepBlobs(later(ctx, 61))).toBe(450);
  expect(await keys({ ctx })).toEqual([]);
});

test('a deleted batch frees its results and keeps the file', async () => {
  const it = await finished();
  const { file_id } = await it.ctx.db.selectFrom('batches').select('file_id').executeTakeFirstOrThrow();
  await deleteBatch(it.ctx, it.batchId);
  expect(await sweepBlobs(later(it.ctx, 61))).toBe(3);
  expect(await keys(it)).toEqual([`files/${file_id}`]);
  expect(await readContent(it.ctx, file_id)).toMatchObject({ name: 'a.jsonl' });
});

test('results that are still arriving are never swept, however long that takes', async () => {
  const it = await begin();
  let swept: number | undefined;
  it.provider.answers = [
    () => accepted(),
    () =>
      new Response(
        new ReadableStream({
          // The first of several segments stands while the others come: nothing names it yet.
          async start(controller) {
            await put(it, `results/${it.batchId}/first-segment.jsonl`);
            swept = await sweepBlobs(later(it.ctx, 24 * 60));
            controller.enqueue(
              Buffer.from([answered('a'), answered('b')].map((x) => `${JSON.stringify(x)}\n`).join('')),
            );
            controller.close();
          },
        }),
      ),
  ];
  await it.step();
  await it.step();
  expect(swept).toBe(0);
  expect(await getBatch(it.ctx, it.batchId)).toMatchObject({ phase: 'collecting' });
  expect(await sweepBlobs(later(it.ctx, 24 * 60))).toBe(0);
  await it.step();
  expect(await getBatch(it.ctx, it.batchId)).toMatchObject({ phase: 'completed', counts: { succeeded: 2 } });
  expect(await sweepBlobs(later(it.ctx, 24 * 60))).toBe(1);
});
