import { expect, test, vi } from 'vitest';
import type { Batch } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { listResults } from '#lib/results/list-results';
import { rebuildIndex } from '#lib/results/rebuild-index';
import { batchRow } from '#lib/store/batches';
import { batchEvents } from './batch-events.ts';
import { getBatch } from './get-batch.ts';
import { answered, type Walk, walk } from './lifecycle-kit.ts';
import { retryBatch } from './retry-batch.ts';
import { bytes, onStage, output, says, took } from './scripted-provider-kit.ts';

const here = vi.hoisted(() => ({ provider: {} as unknown }));
vi.mock('#lib/providers/registry', () => ({ providerFor: () => here.provider }));

const lines = [1, 2, 3, 4, 5].map((n) => `{"custom_id":"r${n}","params":{"model":"m","messages":[]}}\n`);
const answers = (...ids: string[]) => bytes(...ids.map((id) => `${JSON.stringify(answered(id))}\n`));
const done = (providerBatchId: string) =>
  says({ state: 'completed', resultRefs: output, providerBatchId, counts: null });

const shown = async ({ ctx, batchId }: Walk) =>
  (await listResults(ctx, batchId, { limit: 50 })).items.map(
    ({ customId, outcome, attempt }) => `${customId} ${outcome} ${attempt}`,
  );
const limit = ({ ctx }: Walk, limits: object) =>
  ctx.db
    .updateTable('connections')
    .set({ limits: JSON.stringify(limits) })
    .execute();

test('a retry goes out in as many parts as its connection wants, and each is shown when it is over', async () => {
  const provider = onStage(here, {});
  const it = await walk(lines.join(''));
  const until = async (done: (batch: Batch) => boolean) => {
    for (let i = 0; i < 8; i++) {
      await it.step();
      if (done(await getBatch(it.ctx, it.batchId))) return;
    }
    throw new Error('It did not come to that.');
  };
  const brought: Record<string, string[]> = { b1: ['r1'], b2: ['r3', 'r2'], b3: ['r4'] };
  let over = ['b1', 'b2'];
  const asked = () => provider.calls.at(-1)?.id ?? '';
  // Which of two parts goes first is nobody's promise.
  const byFirst: Record<string, string> = { r1: 'b1', r2: 'b2', r4: 'b3' };
  provider.otherwise.create = () => took(byFirst[/r\d/.exec(provider.calls.at(-1)?.lines ?? '')?.[0] ?? '']);
  provider.otherwise.poll = () =>
    over.includes(asked()) ? done(asked()) : says({ providerBatchId: asked() });
  provider.otherwise.output = () => answers(...(brought[asked()] ?? []));
  await until(({ phase }) => isOver(phase));
  expect(await getBatch(it.ctx, it.batchId)).toMatchObject({ phase: 'completed', counts: { missing: 4 } });

  await limit(it, { requests: 2 });
  await retryBatch(it.ctx, it.batchId, { outcomes: ['missing'] });
  await until(({ parts }) => parts.filter(({ phase }) => isOver(phase)).length === 2);
  const [, ...again] = provider.named('create').map((call) => call.lines);
  expect(again.sort()).toEqual([lines.slice(1, 3).join('').trimEnd(), lines.slice(3, 5).join('').trimEnd()]);
  const running = await getBatch(it.ctx, it.batchId);
  expect(running.parts.map(({ attempt, n, phase }) => [attempt, n, phase])).toEqual([
    [1, 1, 'completed'],
    [2, 1, 'completed'],
    [2, 2, 'running'],
  ]);
  expect(running.counts).toMatchObject({ total: 5, succeeded: 3, missing: 0, pending: 2 });
  expect(await shown(it)).toEqual([
    'r1 succeeded 1',
    'r2 succeeded 2',
    'r3 succeeded 2',
    'r4 missing 1',
    'r5 missing 1',
  ]);

  over = ['b3'];
  await until(({ phase }) => isOver(phase));
  const end = await getBatch(it.ctx, it.batchId);
  expect(end).toMatchObject({ phase: 'completed', counts: { succeeded: 4, missing: 1, pending: 0 } });
  const last = await shown(it);
  expect(last.slice(3)).toEqual(['r4 succeeded 2', 'r5 missing 2']);
  await rebuildIndex(it.ctx, await batchRow(it.ctx.db, 'main', it.batchId));
  expect(await shown(it)).toEqual(last);
  const told = (await batchEvents(it.ctx, it.batchId)).find(({ verb }) => verb === 'batch.retried');
  expect(told?.data).toEqual({ attempt: 2, requests: 4, overrides: [], parts: 2 });
  await it.ctx.index.close();
});

test('what its connection does not take is not retried, and no file of it is left', async () => {
  const provider = onStage(here, {});
  const it = await walk(lines.join(''));
  provider.otherwise.create = took('b1');
  provider.otherwise.poll = done('b1');
  provider.otherwise.output = () => answers('r1');
  for (let i = 0; i < 5; i++) await it.step();
  await limit(it, { bytes: 100 });
  const longer = retryBatch(it.ctx, it.batchId, { overrides: { system: 'x'.repeat(200) } });
  await expect(longer).rejects.toMatchObject({ code: 'too_large' });
  expect(await it.ctx.db.selectFrom('files').select('id').execute()).toHaveLength(1);
  expect(await Array.fromAsync(it.ctx.blobs.list('files/'))).toHaveLength(1);
  await it.ctx.index.close();
});
