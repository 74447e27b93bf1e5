import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isOver } from '#lib/model/phase';
import { deleteBatch } from './delete-batch.ts';
import { getBatch } from './get-batch.ts';
import { type Walk, walk } from './lifecycle-kit.ts';
import { listProgress } from './list-progress.ts';
import { mostPoints, noteProgress } from './note-progress.ts';
import { bytes, onStage, output, type Scripted, says, took } from './scripted-provider-kit.ts';

const here = vi.hoisted(() => ({ provider: {} as unknown }));
vi.mock('#lib/providers/registry', () => ({ providerFor: () => here.provider }));

let provider: Scripted;
let it: Walk;
beforeEach(async () => {
  provider = onStage(here);
  it = await walk();
});
afterEach(async () => {
  await it.ctx.index.close();
});

const counts = (succeeded: number) => ({ total: 2, succeeded, failed: 0, cancelled: null, expired: null });
const look = () => listProgress(it.ctx, it.batchId);
const note = (at: number, succeeded: number, isTurn = false) => {
  const point = { batch_id: it.batchId, workspace: it.ctx.workspace, at, succeeded, failed: 0, other: 0 };
  return noteProgress(it.ctx.db, point, isTurn);
};

test('each look that brings other counts is kept, the end too, and all of it goes with the batch', async () => {
  provider.script.create = [took()];
  provider.script.poll = [says(), says({ counts: counts(1) }), says({ counts: counts(1) })];
  for (let i = 0; i < 4; i++) await it.step();
  expect(await look()).toEqual([{ at: expect.any(String), succeeded: 1, failed: 0, other: 0 }]);
  const line = '{"custom_id":"a","response":{"status_code":200,"body":{"choices":[]}},"error":null}\n';
  provider.otherwise.poll = says({ state: 'completed', counts: counts(1), resultRefs: [...output] });
  provider.otherwise.output = () => bytes(line);
  while (!isOver((await getBatch(it.ctx, it.batchId)).phase)) await it.step();
  expect((await look()).at(-1)).toMatchObject({ succeeded: 1, other: 1 });
  await deleteBatch(it.ctx, it.batchId);
  expect(await it.ctx.db.selectFrom('progress').selectAll().execute()).toEqual([]);
});

test('a provider that counts only at the end leaves no points before it', async () => {
  provider.script.create = [took()];
  provider.script.poll = [says(), says({ state: 'finishing' }), says({ state: 'finishing' })];
  for (let i = 0; i < 4; i++) await it.step();
  expect(await look()).toEqual([]);
});

test('however long it takes, there are points enough for a chart and no more, over all of its time', async () => {
  const end = 1_000;
  for (let n = 0; n <= end; n++) await note(n * 1_000, n);
  const points = await look();
  expect(points.length).toBeLessThanOrEqual(mostPoints + 1);
  expect(points.length).toBeGreaterThan(mostPoints / 2);
  const times = points.map(({ at }) => Date.parse(at) / 1_000);
  expect(times[0]).toBe(0);
  const gaps = times.slice(1).map((at, n) => at - (times[n] ?? 0));
  expect(Math.max(...gaps)).toBeLessThan(end / 20);
});

test('what happens too soon to be told apart is left out, but not where a phase ends', async () => {
  await note(0, 0);
  await note(1_000_000, 1);
  await note(1_000_001, 2);
  await note(1_000_002, 3, true);
  await note(1_000_002, 4, true);
  expect((await look()).map(({ succeeded }) => succeeded)).toEqual([0, 1, 4]);
});

test('a machine whose clock is behind does not turn the order of the counts', async () => {
  await note(0, 0);
  await note(5_000, 1);
  await note(3_000, 2, true);
  expect((await look()).map(({ at, succeeded }) => [Date.parse(at), succeeded])).toEqual([
    [0, 0],
    [5_000, 2],
  ]);
});
