import { beforeEach, expect, test, vi } from 'vitest';
import { exportResults } from '#lib/results/export-results';
import { getBatch } from './get-batch.ts';
import { answered, type Walk, walk } from './lifecycle-kit.ts';
import { bothFiles, bytes, onStage, type Scripted, says, took } from './scripted-provider-kit.ts';

const here = vi.hoisted(() => ({ provider: {} as unknown }));
vi.mock('#lib/providers/registry', () => ({ providerFor: () => here.provider }));

/** Only a store that writes files of this machine tells how far they have come. */
const canWatch = process.env.BATCHDECK_TEST_ENGINE !== 'postgres';
const line = (id: string) => `${JSON.stringify(answered(id, id.repeat(5_000_000)))}\n`;

let provider: Scripted;
let it: Walk;
let builds: number[];
const tries = async () =>
  (await it.ctx.db.selectFrom('parts').select('tries').executeTakeFirstOrThrow()).tries;

beforeEach(async () => {
  provider = onStage(here, { retentionDays: 30 });
  it = await walk();
  provider.script.create = [took()];
  await it.step();
  provider.otherwise.poll = says({ state: 'completed', resultRefs: bothFiles });
  provider.otherwise.error = () => bytes();
  builds = [];
  const { ask } = it.ctx.index;
  it.ctx.index.ask = async (name, order, signal) => {
    if (name === 'build') builds.push(await tries());
    return ask(name, order, signal);
  };
});

/** The second line waits until the first one is being indexed. */
async function* halting(last = line('b')) {
  yield Buffer.from(line('a'));
  if (canWatch) await vi.waitFor(() => expect(builds).toEqual([1]));
  yield Buffer.from(last);
}

async function demandAll() {
  expect(await getBatch(it.ctx, it.batchId)).toMatchObject({ phase: 'completed', counts: { succeeded: 2 } });
  const { body } = await exportResults(it.ctx, it.batchId, 'output.jsonl');
  const exported = Buffer.concat(await Array.fromAsync(body));
  expect(exported.equals(Buffer.from(line('a') + line('b')))).toBe(true);
  expect(await tries()).toBe(0);
}

test('results are indexed while they come, once, and shown when they are kept', async () => {
  provider.script.output = [halting];
  await it.step();
  expect((await getBatch(it.ctx, it.batchId)).phase).toBe('collecting');
  await it.step();
  await demandAll();
  expect(builds).toEqual([1]);
});

test('what was indexed of results that were cut is never shown', async () => {
  provider.script.output = [() => halting(''), () => bytes(line('a'), line('b'))];
  await it.step();
  expect((await getBatch(it.ctx, it.batchId)).phase).not.toBe('collecting');
  expect(await tries()).toBe(0);
  builds = [];
  await it.step();
  await it.step();
  await demandAll();
});

test('a try that killed the process is the first of three, and the last before all has come', async () => {
  await it.ctx.db.updateTable('parts').set({ tries: 1 }).execute();
  provider.script.output = [() => bytes(line('a'), line('b'))];
  await it.step();
  expect(builds).toEqual([]);
  await it.step();
  expect(builds).toEqual([2]);
  await demandAll();
});
