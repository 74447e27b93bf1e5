import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { openFsBlobs } from '#lib/blobs/fs';
import type { Context } from '#lib/context';
import { exportResults } from '#lib/results/export-results';
import { listResults } from '#lib/results/list-results';
import { rebuildIndex } from '#lib/results/rebuild-index';
import { batchRow } from '#lib/store/batches';
import { openSqlite } from '#lib/store/engine';
import { migrate } from '#lib/store/migrate';
import { testEnv } from '#lib/test-context';
import { deleteBatch } from './delete-batch.ts';
import { accepted, answered, json, jsonl, twoRequests, type Walk, walk } from './lifecycle-kit.ts';

const pools: Context['index'][] = [];
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

async function finished(given: Partial<Context> = {}): Promise<Walk> {
  const it = await walk(twoRequests, given);
  pools.push(it.ctx.index);
  const only = () => jsonl(answered('b', 'from b'));
  it.provider.answers = [() => accepted(), only, only];
  for (let i = 0; i < 4; i++) await it.step();
  return it;
}

const row = ({ ctx, batchId }: Walk) => batchRow(ctx.db, ctx.workspace, batchId);
const indexKey = async (it: Walk) => (await row(it)).index_key ?? '';
const indexes = async ({ ctx }: Walk) =>
  Array.fromAsync(ctx.blobs.list('results/'), ({ key }) => key).then((keys) =>
    keys.filter((key) => key.endsWith('.sqlite')),
  );
const page = ({ ctx, batchId }: Walk) => listResults(ctx, batchId, { outcome: [], cursor: 0, limit: 50 });

test('an index that is gone is built again when it is read, with the same rows', async () => {
  const it = await finished();
  const before = await page(it);
  const lost = await indexKey(it);
  await it.ctx.blobs.delete(lost);
  expect(await page(it)).toEqual(before);
  expect(before.items.map(({ outcome }) => outcome)).toEqual(['missing', 'succeeded']);
  expect(await indexKey(it)).not.toBe(lost);
  expect(await indexes(it)).toEqual([await indexKey(it)]);
});

test('many readers of a lost index have it built once', async () => {
  const it = await finished();
  const ask = vi.spyOn(it.ctx.index, 'ask');
  await it.ctx.blobs.delete(await indexKey(it));
  await Promise.all(Array.from({ length: 8 }, () => page(it)));
  expect(ask.mock.calls.filter(([name]) => name === 'build')).toHaveLength(1);
});

test('an index of an older version is built again, one of a newer is left', async () => {
  const it = await finished();
  const current = await indexKey(it);
  for (const [version, kept] of [
    ['v0', false],
    ['v999', true],
  ] as const) {
    const other = current.replace(/v\d+/, version);
    await it.ctx.blobs.put(other, it.ctx.blobs.read(current));
    await it.ctx.db.updateTable('batches').set({ index_key: other }).execute();
    expect((await page(it)).total).toBe(2);
    expect((await indexKey(it)) === other).toBe(kept);
  }
});

/** The same hands, but while they build something else happens. */
function meanwhile({ ctx }: Walk, happens: () => Promise<unknown>): Context {
  const ask: Context['index']['ask'] = async (name, order) => {
    const answer = await ctx.index.ask(name, order);
    await happens();
    return answer;
  };
  return { ...ctx, index: { ...ctx.index, ask } };
}

test('a rebuild never takes the place of an index that was published meanwhile', async () => {
  const it = await finished();
  const seen = await row(it);
  const newer = (seen.index_key ?? '').replace('.sqlite', '-newer.sqlite');
  const publish = async () => {
    await it.ctx.blobs.put(newer, it.ctx.blobs.read(seen.index_key ?? ''));
    await it.ctx.db.updateTable('batches').set({ index_key: newer }).execute();
  };
  expect(await rebuildIndex(meanwhile(it, publish), seen)).toBe(newer);
  expect(await indexKey(it)).toBe(newer);
  expect((await indexes(it)).filter((key) => key.includes('rebuilt'))).toEqual([]);
  expect(await rebuildIndex(it.ctx, seen)).toBe(newer);
});

test('a batch that was deleted meanwhile is not given an index again', async () => {
  const it = await finished();
  const seen = await row(it);
  const rebuilt = rebuildIndex(
    meanwhile(it, () => deleteBatch(it.ctx, it.batchId)),
    seen,
  );
  await expect(rebuilt).rejects.toMatchObject({ code: 'not_found' });
  expect((await indexes(it)).filter((key) => key.includes('rebuilt'))).toEqual([]);
});

test('an export goes on when the index was lost before it', async () => {
  const it = await finished();
  await it.ctx.blobs.delete(await indexKey(it));
  const { body } = await exportResults(it.ctx, it.batchId, 'output.jsonl');
  expect(Buffer.concat(await Array.fromAsync(body)).toString()).toContain('from b');
});

test('a batch that was refused as a whole keeps its words through a rebuild', async () => {
  const it = await walk();
  pools.push(it.ctx.index);
  it.provider.answers = [() => json({ error: { message: 'No credit left.', code: 402 } }, 402)];
  await it.step();
  await it.step();
  const before = await page(it);
  await it.ctx.blobs.delete(await indexKey(it));
  expect(await page(it)).toEqual(before);
});

test('the command rebuilds beside a server that holds the store', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'batchdeck-'));
  const env = testEnv({ BATCHDECK_DATA_DIR: dir, BATCHDECK_POLL_SECONDS: '0.001-0.002' });
  const db = openSqlite(path.join(dir, 'batchdeck.sqlite'));
  await migrate(db);
  const it = await finished({ db, env, blobs: openFsBlobs(path.join(dir, 'blobs')) });
  const before = await page(it);
  const file = await it.ctx.blobs.localPath(await indexKey(it));
  writeFileSync(file, 'not an index any more');
  await expect(page(it)).rejects.toThrow();
  const run = (...given: string[]) =>
    spawnSync(process.execPath, ['--conditions=react-server', 'lib/commands/rebuild-index.mjs', ...given], {
      env: { ...process.env, BATCHDECK_DATA_DIR: dir, DATABASE_URL: '', BLOB_URL: '' },
      encoding: 'utf8',
    });
  const done = run(it.batchId);
  expect([done.status, done.stdout]).toEqual([
    0,
    `The index of ${it.batchId} was built again: ${await indexKey(it)}\n`,
  ]);
  expect(await page(it)).toEqual(before);
  expect(run('bat_none').stderr).toContain('This batch');
  expect(run()).toMatchObject({ status: 1, stderr: 'Say which batch: npm run rebuild-index -- bat_…\n' });
});
