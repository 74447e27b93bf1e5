import { afterAll, expect, test } from 'vitest';
import type { Context } from '#lib/context';
import { sweepBlobs } from '#lib/files/sweep-blobs';
import type { ResultsFilter } from '#lib/model/result-query';
import { exportResults } from '#lib/results/export-results';
import { getFacets } from '#lib/results/get-facets';
import { getResult } from '#lib/results/get-result';
import { groupErrors } from '#lib/results/group-errors';
import { listResults } from '#lib/results/list-results';
import { rebuildIndex } from '#lib/results/rebuild-index';
import { batchRow } from '#lib/store/batches';
import { indexBlobs, indexKeysIn } from '#lib/store/blob-keys';
import { batchEvents } from './batch-events.ts';
import { getBatch } from './get-batch.ts';
import { accepted, answered, answerWith, json, type Walk, walk } from './lifecycle-kit.ts';
import { retryBatch } from './retry-batch.ts';

const pools: Context['index'][] = [];
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

const ids = ['good', '__proto__', 'lost', 'late'];
const line = (id: string) =>
  `{"custom_id":${JSON.stringify(id)},"params":{"model":"m","n":9007199254740993,"messages":[{"role":"user","content":"ask ${id}"}]}}`;
const limited = (id: string, n: number) => ({
  custom_id: id,
  response: { status_code: 429, body: { error: { code: 'rate', message: `wait ${n} s` } } },
  error: null,
});
const expired = { custom_id: 'late', response: null, error: { code: 'batch_expired', message: 'too late' } };

/** One good, one refused, one never answered and one too late. */
async function finished(given: Partial<Context> = {}): Promise<Walk> {
  const it = await walk(ids.map(line).join('\n'), given);
  pools.push(it.ctx.index);
  await answerWith(it, answered('good', 'first good'), limited('__proto__', 5), expired);
  return it;
}

async function retried(
  it: Walk,
  order: Parameters<typeof retryBatch>[2],
  ...lines: unknown[]
): Promise<void> {
  await retryBatch(it.ctx, it.batchId, order);
  await answerWith(it, ...lines);
  expect((await getBatch(it.ctx, it.batchId)).phase).toBe('completed');
}

const outcomesOf = async ({ ctx, batchId }: Walk, filter: ResultsFilter = {}) => {
  const { items, total } = await listResults(ctx, batchId, { ...filter, limit: 50 });
  expect(items.length).toBe(total);
  return items.map(({ customId, outcome, attempt }) => `${customId} ${outcome} ${attempt}`);
};
const sentLines = (it: Walk) => {
  const { requests } = JSON.parse(it.provider.creates().at(-1) ?? '') as { requests: object[] };
  return requests.map((request) => JSON.stringify(request));
};
const countsOf = async (it: Walk) => (await getBatch(it.ctx, it.batchId)).counts;

test('what did not succeed is sent again as it was, and the batch is running until that is answered', async () => {
  const it = await finished();
  expect(await countsOf(it)).toMatchObject({ total: 4, succeeded: 1, failed: 1, missing: 1, expired: 1 });
  const running = await retryBatch(it.ctx, it.batchId, {});
  expect(running).toMatchObject({ phase: 'queued', attempts: [{ n: 1 }, { n: 2, phase: 'queued' }] });
  expect(running.counts).toEqual({
    total: 4,
    succeeded: 1,
    failed: 0,
    cancelled: 0,
    expired: 0,
    missing: 0,
    pending: 3,
  });
  await answerWith(it, answered('lost', 'found'), answered('__proto__', 'now'));
  const body = it.provider.creates().at(-1) ?? '';
  for (const id of ids) expect(body.includes(line(id))).toBe(id !== 'good');
  expect(await outcomesOf(it)).toEqual([
    'good succeeded 1',
    '__proto__ succeeded 2',
    'lost succeeded 2',
    'late expired 1',
  ]);
  const over = await getBatch(it.ctx, it.batchId);
  expect(over).toMatchObject({ phase: 'completed', progress: 100 });
  expect(over.counts).toMatchObject({
    total: 4,
    succeeded: 3,
    failed: 0,
    expired: 1,
    missing: 0,
    pending: 0,
  });
  expect(over.attempts).toMatchObject([
    { n: 1, counts: { total: 4, succeeded: 1 } },
    { n: 2, counts: { total: 3, succeeded: 2, missing: 1 } },
  ]);
  expect(
    (await batchEvents(it.ctx, it.batchId)).find(({ verb }) => verb === 'batch.retried')?.data,
  ).toMatchObject({
    attempt: 2,
    requests: 3,
  });
});

test('a success stays when it is retried in vain, and an answer stays when none comes', async () => {
  const it = await finished();
  await retried(it, { customIds: ids }, limited('good', 7), limited('lost', 9));
  expect(await outcomesOf(it)).toEqual([
    'good succeeded 1',
    '__proto__ failed 1',
    'lost failed 2',
    'late expired 1',
  ]);
  expect(await countsOf(it)).toMatchObject({ succeeded: 1, failed: 2, expired: 1, missing: 0, pending: 0 });
  const good = await getResult(it.ctx, it.batchId, 1);
  expect(good.attempts.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
    [1, 'succeeded'],
    [2, 'failed'],
  ]);
  expect(good.attempts[1]?.response?.text).toBe(JSON.stringify(limited('good', 7)));
  expect(good.attempts[1]?.request.text).toBe(line('good'));
  expect(good.response?.text).toBe(JSON.stringify(answered('good', 'first good')));
});

test('a third attempt stands beside the second, and the newest success is shown', async () => {
  const it = await finished();
  await retried(it, {}, answered('lost', 'second try'), limited('late', 1));
  await retried(
    it,
    { customIds: ['lost', 'late'] },
    answered('lost', 'third try'),
    answered('late', 'at last'),
  );
  expect(await outcomesOf(it)).toEqual([
    'good succeeded 1',
    '__proto__ failed 1',
    'lost succeeded 3',
    'late succeeded 3',
  ]);
  const lost = await getResult(it.ctx, it.batchId, 3);
  expect(lost.attempts.map(({ outcome, preview }) => [outcome, preview])).toEqual([
    ['missing', ''],
    ['succeeded', 'second try'],
    ['succeeded', 'third try'],
  ]);
  expect(indexKeysIn((await batchRow(it.ctx.db, 'main', it.batchId)).index_key ?? '')).toHaveLength(2);
});

test('everything that is told and found follows what is shown', async () => {
  const it = await finished();
  await retried(it, {}, answered('lost', 'found again'), limited('late', 3), limited('__proto__', 8));
  expect(await getFacets(it.ctx, it.batchId)).toMatchObject({
    total: 4,
    outcomes: { succeeded: 2, failed: 2 },
  });
  expect(await groupErrors(it.ctx, it.batchId, { cursor: 0, limit: 9 })).toMatchObject({
    total: 1,
    items: [
      { pattern: 'wait <n> s', count: 2, first: 2, last: 4, share: 0.5, example: { message: 'wait 8 s' } },
    ],
  });
  expect(await outcomesOf(it, { outcome: ['failed'] })).toEqual(['__proto__ failed 2', 'late failed 2']);
  expect(await outcomesOf(it, { q: 'WAIT 5' })).toEqual([]);
  expect(await outcomesOf(it, { q: 'wait 8' })).toEqual(['__proto__ failed 2']);
  expect(await outcomesOf(it, { q: 'ask ' })).toHaveLength(4);
  const { body } = await exportResults(it.ctx, it.batchId, 'output.jsonl');
  const shown = [
    answered('good', 'first good'),
    limited('__proto__', 8),
    answered('lost', 'found again'),
    limited('late', 3),
  ];
  expect(Buffer.concat(await Array.fromAsync(body)).toString()).toBe(
    shown.map((one) => `${JSON.stringify(one)}\n`).join(''),
  );
});

test('overrides set members anew and leave every other byte', async () => {
  const it = await finished();
  await retryBatch(it.ctx, it.batchId, {
    outcomes: ['missing'],
    overrides: { model: 'other', max_tokens: 9 },
  });
  it.provider.answers = [() => accepted('batch_2')];
  await it.step();
  const wanted = line('lost').replace('"model":"m"', '"max_tokens":9,"model":"other"');
  expect(it.provider.creates().at(-1)).toContain(wanted);
  const file = await it.ctx.db
    .selectFrom('files')
    .selectAll()
    .where('derived_from', 'is not', null)
    .executeTakeFirstOrThrow();
  expect(file).toMatchObject({ name: 'a, attempt 2.jsonl', requests: 1, errors: 0 });
  expect(JSON.parse(file.recipe ?? '')).toMatchObject({
    kind: 'retry',
    attempt: 2,
    overrides: { max_tokens: 9 },
  });
});

test('a group or some ids are chosen, and what chooses nothing is refused in words', async () => {
  const it = await finished();
  const { items } = await groupErrors(it.ctx, it.batchId, { cursor: 0, limit: 9 });
  const rate = items.find(({ code }) => code === 'rate');
  await expect(retryBatch(it.ctx, it.batchId, { group: 'none' })).rejects.toMatchObject({
    code: 'invalid',
    message: 'No line of this batch matches, so there is nothing to send again.',
  });
  await expect(retryBatch(it.ctx, it.batchId, { customIds: ['good', 'stranger'] })).rejects.toMatchObject({
    code: 'invalid',
    message: '“stranger” is no custom_id of this batch.',
  });
  await expect(retryBatch(it.ctx, it.batchId, { overrides: { model: '' } })).rejects.toMatchObject({
    code: 'invalid',
  });
  const limited = JSON.stringify({ customIdPattern: '^[0-9]+$' });
  await it.ctx.db.updateTable('connections').set({ limits: limited }).execute();
  await expect(retryBatch(it.ctx, it.batchId, {})).rejects.toThrow('Sandbox would refuse this file. Line 1');
  await it.ctx.db.updateTable('connections').set({ limits: '{}' }).execute();
  await retryBatch(it.ctx, it.batchId, { group: rate?.key });
  it.provider.answers = [() => accepted('batch_2')];
  await it.step();
  expect(sentLines(it)).toHaveLength(1);
});

test('a batch that is not over is not retried, and of two at once one wins', async () => {
  const it = await finished();
  const both = await Promise.allSettled([
    retryBatch(it.ctx, it.batchId, {}),
    retryBatch(it.ctx, it.batchId, {}),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(retryBatch(it.ctx, it.batchId, {})).rejects.toMatchObject({
    code: 'conflict',
    message: 'This batch is not over yet. Wait for its end or cancel it, then retry.',
  });
});

test('a key makes a repeated order the same order', async () => {
  const it = await finished();
  const first = await retryBatch(it.ctx, it.batchId, {}, 'key-1');
  expect(await retryBatch(it.ctx, it.batchId, {}, 'key-1')).toEqual(first);
  await expect(retryBatch(it.ctx, it.batchId, { group: 'x' }, 'key-1')).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await it.ctx.db.selectFrom('attempts').select('n').execute()).toHaveLength(2);
});

test('who may only look does not retry', async () => {
  const it = await finished();
  const viewer = { ...it.ctx.actor, role: 'viewer' } as Context['actor'];
  await expect(retryBatch({ ...it.ctx, actor: viewer }, it.batchId, {})).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('a retry that is refused as a whole leaves the answers there were', async () => {
  const it = await finished();
  await retryBatch(it.ctx, it.batchId, {});
  it.provider.answers = [() => json({ error: { message: 'No credit left.', code: 402 } }, 402)];
  await it.step();
  await it.step();
  expect(await getBatch(it.ctx, it.batchId)).toMatchObject({ phase: 'failed' });
  expect(await outcomesOf(it)).toEqual([
    'good succeeded 1',
    '__proto__ failed 1',
    'lost failed 2',
    'late expired 1',
  ]);
  expect(await countsOf(it)).toMatchObject({ succeeded: 1, failed: 2, missing: 0, expired: 1, pending: 0 });
});

test('an index with retries is built again as it was, and nothing it names is swept', async () => {
  const it = await finished();
  await retried(it, {}, answered('lost', 'found'), limited('late', 3));
  const before = await listResults(it.ctx, it.batchId, { limit: 50 });
  const key = async () => (await batchRow(it.ctx.db, 'main', it.batchId)).index_key ?? '';
  for (const lost of indexKeysIn(await key()).keys()) {
    await it.ctx.blobs.delete(indexKeysIn(await key())[lost] ?? '');
    expect(await listResults(it.ctx, it.batchId, { limit: 50 })).toEqual(before);
  }
  await rebuildIndex(it.ctx, await batchRow(it.ctx.db, 'main', it.batchId));
  await sweepBlobs({ ...it.ctx, clock: () => Date.now() + 2 * 3_600_000 });
  const standing = await Array.fromAsync(it.ctx.blobs.list('results/'), (found) => found.key);
  for (const blob of indexBlobs(await key())) expect(standing).toContain(blob);
  expect(standing.filter((blob) => blob.includes('/index-'))).toHaveLength(4);
  expect(await listResults(it.ctx, it.batchId, { limit: 50, q: 'found' })).toMatchObject({ total: 1 });
});
