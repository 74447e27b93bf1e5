import { beforeEach, expect, test, vi } from 'vitest';
import { ProviderTrouble } from '#lib/providers/provider';
import { exportResults } from '#lib/results/export-results';
import { listResults } from '#lib/results/list-results';
import { batchEvents } from './batch-events.ts';
import { cancelBatch } from './cancel-batch.ts';
import { getBatch } from './get-batch.ts';
import { answered, type Walk, walk } from './lifecycle-kit.ts';
import { bothFiles, bytes, onStage, output, type Scripted, says, took } from './scripted-provider-kit.ts';
import { warnOfDeadlines } from './warn-of-deadlines.ts';

const here = vi.hoisted(() => ({ provider: {} as unknown }));
vi.mock('#lib/providers/registry', () => ({ providerFor: () => here.provider }));

let provider: Scripted;
let it: Walk;
beforeEach(async () => {
  provider = onStage(here, { retentionDays: 30 });
  it = await walk();
  provider.script.create = [took()];
  await it.step();
});

const look = () => getBatch(it.ctx, it.batchId);
const steps = async (count: number) => {
  for (let i = 0; i < count; i++) await it.step();
};
const line = (id: string, text = 'hello') => `${JSON.stringify(answered(id, text))}\n`;
const whole = `${line('a', 'é日本')}${line('b')}`;
const ended = (more: object = {}) => says({ state: 'completed', resultRefs: output, ...more });
const counts = (succeeded: number, failed = 0, total = 2) => ({
  total,
  succeeded,
  failed,
  cancelled: null,
  expired: null,
});
const missing = () => new ProviderTrouble('No such file.', null, 404);
const outcomes = async () =>
  (await listResults(it.ctx, it.batchId, { outcome: [], cursor: 0, limit: 50 })).items.map(
    ({ outcome }) => outcome,
  );
const longAgo = async () => {
  const { fetched } = await it.ctx.db.selectFrom('parts').select('fetched').executeTakeFirstOrThrow();
  const past = JSON.stringify({ ...JSON.parse(fetched ?? '{}'), endedAt: 0 });
  await it.ctx.db.updateTable('parts').set({ fetched: past }).execute();
};

test('results cut anywhere are never called complete, whatever the provider counts', async () => {
  const file = Buffer.from(whole);
  const said = [counts(2), counts(0, 0, 0), null];
  for (let at = 1; at < file.length - 1; at += 5) {
    provider.script.poll = [ended({ counts: said[at % 3] })];
    provider.script.output = [inPieces(file.subarray(0, at), 11)];
    await it.step();
    expect([at, (await look()).phase]).not.toEqual([at, 'collecting']);
  }
  provider.script.poll = [ended()];
  provider.script.output = [bytes(whole)];
  await steps(2);
  expect(await look()).toMatchObject({
    phase: 'completed',
    counts: { succeeded: 2 },
    parts: [{ received: { lines: 2, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } }],
  });
  expect(await exported()).toBe(whole);
}, 60_000);

test('two downloads that were cut differently settle nothing; two that are equal do', async () => {
  provider.otherwise.poll = ended();
  for (const cut of ['', line('a'), '', line('b'), line('a')]) {
    provider.script.output = [bytes(cut)];
    await it.step();
    expect((await look()).phase).not.toBe('collecting');
  }
  provider.script.output = [bytes(line('a'))];
  await steps(2);
  expect(await look()).toMatchObject({ phase: 'completed', counts: { succeeded: 1, missing: 1 } });
});

test('results that differ at every read ask for a person, and are read on', async () => {
  provider.otherwise.poll = ended();
  const { checkedAt } = await look();
  for (let n = 0; n < 7; n++) {
    provider.script.output = [bytes(line('a', `try ${n}`))];
    await it.step();
  }
  expect(await look()).toMatchObject({
    attention: 'stalled',
    checkedAt: expect.not.stringMatching(`${checkedAt}`),
  });
  expect((await look()).phase).not.toBe('collecting');
});

test('as many lines as the provider counted are all of them', async () => {
  provider.script.poll = [ended({ state: 'expired', counts: counts(1) })];
  provider.script.output = [bytes(line('b'))];
  await steps(2);
  expect(await look()).toMatchObject({ phase: 'expired', counts: { succeeded: 1, missing: 1 } });
  expect(provider.named('output')).toHaveLength(1);
});

test('lines that repeat do not hide that others were cut off', async () => {
  provider.otherwise.poll = ended();
  provider.script.output = [
    bytes(line('a'), line('a'), line('a')),
    bytes(line('a'), line('a'), line('a'), line('b')),
  ];
  await steps(2);
  provider.script.output = [bytes(line('a'), line('a'), line('a'), line('b'))];
  await steps(2);
  expect(await look()).toMatchObject({ phase: 'completed', counts: { succeeded: 2 } });
});

test.each(['completed', 'failed', 'expired', 'cancelled'] as const)(
  'the output and the error file of a batch that is %s are both read',
  async (state) => {
    provider.script.poll = [says({ state, resultRefs: bothFiles })];
    provider.script.output = [bytes(line('b'))];
    provider.script.error = [
      bytes('{"custom_id":"a","response":null,"error":{"code":"batch_expired","message":"late"}}\n'),
    ];
    await steps(2);
    expect(await look()).toMatchObject({ phase: state, counts: { succeeded: 1, expired: 1 } });
    expect(await outcomes()).toEqual(['expired', 'succeeded']);
  },
);

test('what stands in both files, twice, or is nobody’s leaves the sum right', async () => {
  provider.otherwise.poll = says({ state: 'completed', resultRefs: bothFiles });
  provider.otherwise.output = () => bytes(line('b'), line('b'), line('stranger'), 'not json\n');
  provider.otherwise.error = () =>
    bytes('{"custom_id":"b","response":null,"error":{"code":"x","message":"y"}}\n');
  await steps(3);
  expect(await look()).toMatchObject({ phase: 'completed', counts: { total: 2, succeeded: 1, missing: 1 } });
});

test('an answer of 60 MB is one like any other', async () => {
  provider.script.poll = [ended()];
  const long = `${line('a', 'x'.repeat(60_000_000))}${line('b')}`;
  provider.script.output = [inPieces(Buffer.from(long), 65_536)];
  await steps(2);
  expect(await look()).toMatchObject({ phase: 'completed', counts: { succeeded: 2 } });
  expect(await exported()).toBe(long);
}, 60_000);

test('results that are announced and not there are asked for a few times, then collected as they are', async () => {
  provider.otherwise.poll = says({ state: 'completed', resultsExpected: true });
  await steps(5);
  expect(await look()).toMatchObject({ phase: 'finishing', attention: null });
  provider.otherwise.poll = says({ state: 'completed', counts: counts(2) });
  await steps(2);
  expect(await look()).toMatchObject({ phase: 'completed', counts: { missing: 2 } });
  expect(provider.named('poll').length).toBeGreaterThanOrEqual(6);
});

test('a file that appears late is read', async () => {
  provider.script.poll = [says({ state: 'completed', counts: counts(2) }), ended({ counts: counts(2) })];
  provider.script.output = [bytes(whole)];
  await steps(3);
  expect(await look()).toMatchObject({ phase: 'completed', counts: { succeeded: 2 } });
});

test('a file that vanishes while it is read leaves what had come, and says so', async () => {
  provider.otherwise.poll = ended();
  provider.script.output = [broken(line('a'), '{"custom_id":"b",'), broken()];
  await steps(2);
  provider.otherwise.output = missing();
  await longAgo();
  await steps(4);
  expect((await look()).phase).not.toBe('collecting');
  await steps(2);
  const batch = await look();
  expect(batch).toMatchObject({
    phase: 'completed',
    counts: { succeeded: 1, missing: 1 },
    parts: [{ error: { code: 'results_gone' } }],
    notices: [{ code: 'results_gone', message: expect.stringContaining('1 line had come') }],
  });
  expect(await exported()).toBe(line('a'));
  expect((await batchEvents(it.ctx, it.batchId)).map(({ verb }) => verb)).toContain('batch.results_gone');
});

test('a batch that vanishes while its results are read leaves what had come too', async () => {
  provider.script.poll = [ended()];
  provider.script.output = [broken(line('b'))];
  await it.step();
  await it.ctx.db.updateTable('intents').set({ settled_at: 0 }).execute();
  provider.otherwise.poll = { kind: 'not_found' };
  await steps(6);
  expect(await look()).toMatchObject({ phase: 'completed', counts: { succeeded: 1, missing: 1 } });
});

test('results that are gone before a line was read are asked for on, and a cancellation ends that', async () => {
  provider.otherwise.poll = ended();
  provider.otherwise.output = missing();
  await steps(2);
  await longAgo();
  await steps(5);
  expect(await look()).toMatchObject({ attention: 'gone_upstream', phase: 'pending' });
  await cancelBatch(it.ctx, it.batchId);
  provider.otherwise.cancel = { kind: 'trouble', message: 'Over already.', retryAfterMs: null };
  await steps(2);
  expect(await look()).toMatchObject({ phase: 'completed', counts: { missing: 2 } });
});

test('a moment without the file is no end', async () => {
  provider.otherwise.poll = ended();
  provider.script.output = [broken(line('a')), missing(), missing(), bytes(whole)];
  await steps(5);
  expect(await look()).toMatchObject({ phase: 'completed', counts: { succeeded: 2 } });
});

test('what will soon be deleted unread is told two days ahead, once', async () => {
  provider.script.poll = [says()];
  await it.step();
  await warnOfDeadlines(it.ctx);
  expect((await look()).notices).toEqual([]);
  const soon = Date.now() + 47 * 3_600_000;
  await it.ctx.db.updateTable('parts').set({ results_until: soon }).execute();
  await warnOfDeadlines(it.ctx);
  await warnOfDeadlines(it.ctx);
  expect((await look()).notices).toMatchObject([
    {
      code: 'results_expire',
      at: new Date(soon).toISOString(),
      message: expect.stringContaining('may delete'),
    },
  ]);
  const told = (await batchEvents(it.ctx, it.batchId)).filter(({ verb }) => verb === 'batch.results_expire');
  expect(told).toHaveLength(1);
  provider.script.poll = [ended()];
  provider.script.output = [bytes(whole)];
  await steps(2);
  expect((await look()).notices).toEqual([]);
});

test('the deadline is reckoned from when it was last heard of, and never later', async () => {
  const until = async () =>
    (await it.ctx.db.selectFrom('parts').select('results_until').executeTakeFirstOrThrow()).results_until ??
    0;
  const month = 30 * 86_400_000;
  expect(Math.abs((await until()) - Date.now() - month)).toBeLessThan(60_000);
  const first = await until();
  provider.script.poll = [{ kind: 'trouble', message: 'Busy.', retryAfterMs: null }];
  await it.step();
  expect(await until()).toBe(first);
});

async function* inPieces(file: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
}

async function* broken(...chunks: string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
  throw new ProviderTrouble('The connection broke off.');
}

async function exported(): Promise<string> {
  const { body } = await exportResults(it.ctx, it.batchId, 'output.jsonl');
  return Buffer.concat(await Array.fromAsync(body)).toString();
}
