import { afterAll, beforeAll, expect, test } from 'vitest';
import { listEvents } from '#lib/audit/list-events';
import { createBatch } from '#lib/batches/create-batch';
import { deleteBatch } from '#lib/batches/delete-batch';
import { answered, answerWith, type Walk, walk } from '#lib/batches/lifecycle-kit';
import { othersToCompare } from '#lib/batches/others-to-compare';
import { retryBatch } from '#lib/batches/retry-batch';
import { receiveFile } from '#lib/files/receive-file';
import type { ComparisonPage } from '#lib/model/comparison';
import type { PairsQuery } from '#lib/model/comparison.schema';
import { compareBatches } from './compare-batches.ts';
import { exportPairs, notePairs } from './export-pairs.ts';
import { getPair } from './get-pair.ts';

const line = (id: string) => `{"custom_id":${JSON.stringify(id)},"params":{"model":"m","messages":[]}}`;
const refused = (id: string) => ({
  custom_id: id,
  response: null,
  error: { code: 'rate', message: 'slow down' },
});
const shared = ['same', 'words', 'json', 'worse', 'neither', '__proto__'];

let it: Walk;
let other: string;
beforeAll(async () => {
  it = await walk([...shared, 'here'].map(line).join('\n'));
  await answerWith(
    it,
    ...[answered('same', 'Yes.'), answered('words', 'It was fine.'), answered('json', '{"a":1,"b":2}')],
    ...[answered('worse', 'Good.'), refused('neither'), answered('__proto__', 'one'), answered('here')],
  );
  other = await another('Other', [...shared.toReversed(), '=there']);
  await answerWith(
    { ...it, batchId: other },
    ...[answered('same', 'Yes.'), answered('words', 'It was good.'), answered('json', '{ "b": 2, "a": 1 }')],
    ...[refused('worse'), refused('neither'), answered('__proto__', 'two'), answered('=there', '=1+1')],
  );
});
afterAll(() => it.ctx.index.close());

async function another(name: string, ids: string[]): Promise<string> {
  async function* body() {
    yield Buffer.from(ids.map(line).join('\n'));
  }
  const file = await receiveFile(it.ctx, {
    name: 'b.jsonl',
    body: body(),
    contentLength: null,
    sha256: null,
  });
  return (await createBatch(it.ctx, { fileId: file.id, connection: 'Sandbox', name })).id;
}

const compare = (query: Partial<PairsQuery> = {}, id = it.batchId) =>
  compareBatches(it.ctx, id, { with: other, cursor: 0, limit: 50, ...query });
const told = ({ items }: ComparisonPage) => items.map(({ customId, change }) => `${customId} ${change}`);

test('two batches are aligned by custom_id, whatever their order', async () => {
  const page = await compare();
  expect(told(page)).toEqual([
    'same same',
    'words changed',
    'json same',
    'worse outcome',
    'neither unanswered',
    '__proto__ changed',
    'here onlyFirst',
    '=there onlySecond',
  ]);
  expect(page.counts).toEqual({
    changed: 2,
    outcome: 1,
    same: 2,
    unanswered: 1,
    onlyFirst: 1,
    onlySecond: 1,
  });
  expect([page.total, page.byValue, page.nextCursor]).toEqual([8, 1, null]);
  expect(page.first.totals.outcomes).toEqual({ succeeded: 5, failed: 1 });
  expect(page.second.totals.outcomes).toEqual({ succeeded: 4, failed: 2 });
  expect(page.items.at(-1)).toMatchObject({ first: null, second: { outcome: 'succeeded', preview: '=1+1' } });
});

test('pages follow one another, and only what is asked for is shown', async () => {
  const seen: string[] = [];
  for (let cursor = 0, end = false; !end; ) {
    const page = await compare({ cursor, limit: 3 });
    seen.push(...told(page));
    end = page.nextCursor === null;
    cursor = Number(page.nextCursor);
  }
  expect(seen).toEqual(told(await compare()));
  expect(told(await compare({ show: ['changed'] }))).toEqual(['words changed', '__proto__ changed']);
  expect(told(await compare({ show: ['onlySecond', 'outcome'] }))).toEqual([
    'worse outcome',
    '=there onlySecond',
  ]);
  expect(told(await compare({ q: 'ERE' }))).toEqual(['here onlyFirst', '=there onlySecond']);
  expect(told(await compare({ q: 'e', show: ['changed'] }))).toEqual([]);
});

test('a pair has both answers in full, and its neighbours among what is shown', async () => {
  const filter = { with: other, show: ['changed' as const] };
  expect(await getPair(it.ctx, it.batchId, 2, filter)).toMatchObject({
    customId: 'words',
    answers: { first: { text: 'It was fine.', isJson: false }, second: { text: 'It was good.' } },
    previous: null,
    next: 6,
  });
  const json = await getPair(it.ctx, it.batchId, 3, filter);
  expect(json).toMatchObject({ change: 'same', previous: 2, next: 6 });
  expect(json.answers.first).toEqual(json.answers.second);
  expect(await getPair(it.ctx, it.batchId, 8, filter)).toMatchObject({ previous: 6, next: null });
  await expect(getPair(it.ctx, it.batchId, 9, filter)).rejects.toMatchObject({ code: 'not_found' });
});

test('the pairs that are meant leave as a file that no spreadsheet runs', async () => {
  const read = async (name: 'pairs.csv' | 'pairs.jsonl', show?: PairsQuery['show']) => {
    const { body } = await exportPairs(it.ctx, it.batchId, name, { with: other, show });
    return Buffer.concat(await Array.fromAsync(body)).toString();
  };
  const lines = (await read('pairs.jsonl', ['changed', 'onlySecond'])).trimEnd().split('\n');
  expect(lines.map((one) => JSON.parse(one) as unknown)).toMatchObject([
    { custom_id: 'words', first: { answer: 'It was fine.' }, second: { answer: 'It was good.' } },
    { custom_id: '__proto__', change: 'changed' },
    { custom_id: '=there', first: null, second: { outcome: 'succeeded', answer: '=1+1' } },
  ]);
  const csv = (await read('pairs.csv')).split('\r\n');
  expect(csv[0]?.startsWith('\uFEFFcustom_id,change,first_outcome,second_outcome')).toBe(true);
  expect(csv.length).toBe(10);
  expect(csv[8]).toMatch(/^"'=there","onlySecond",,"succeeded",.*"'=1\+1"$/);
});

test('both batches tell that pairs of them have left', async () => {
  await notePairs(it.ctx, it.batchId, 'pairs.csv', { with: other, show: ['changed'] });
  for (const id of [it.batchId, other]) {
    const events = await listEvents(it.ctx, id);
    expect(events.filter(({ verb }) => verb === 'batch.downloaded').map(({ data }) => data)).toEqual([
      { format: 'pairs.csv', narrowed: true },
    ]);
  }
});

test('those that share the most custom_ids come first, with the reason in words', async () => {
  const sameFile = await createBatch(it.ctx, {
    fileId: (
      await it.ctx.db
        .selectFrom('batches')
        .select('file_id')
        .where('id', '=', it.batchId)
        .executeTakeFirstOrThrow()
    ).file_id,
    connection: 'Sandbox',
    name: 'Again',
  });
  const without = (await othersToCompare(it.ctx, it.batchId, {})).items;
  expect(without.map(({ name, why }) => `${name}: ${why}`)).toEqual(['Other: about 86 % of its custom_ids']);
  await answerWith({ ...it, batchId: sameFile.id }, answered('same'));
  const { items } = await othersToCompare(it.ctx, it.batchId, {});
  expect(items.map(({ name, why }) => `${name}: ${why}`)).toEqual([
    'Again: sent from the same file',
    'Other: about 86 % of its custom_ids',
  ]);
  expect((await othersToCompare(it.ctx, it.batchId, { q: 'oth' })).items.map(({ name }) => name)).toEqual([
    'Other',
  ]);
});

test('a batch whose index cannot be read as it stands is named all the same, and not built again for that', async () => {
  const keys = () =>
    it.ctx.db
      .selectFrom('batches')
      .select(['id', 'index_key'])
      .where('id', '=', other)
      .executeTakeFirstOrThrow();
  const before = await keys();
  const broken = [
    `results/${other}/index-v1-old.sqlite`,
    before.index_key?.replace('index-', 'gone-') ?? '',
    before.index_key?.replace('.sqlite', '.text') ?? '',
  ];
  for (const index_key of broken) {
    await it.ctx.db.updateTable('batches').set({ index_key }).where('id', '=', other).execute();
    const { items } = await othersToCompare(it.ctx, it.batchId, {});
    expect(items.map(({ name, why }) => `${name}: ${why}`)).toContain('Other: a recent batch');
    expect(await keys()).toMatchObject({ index_key });
  }
  await it.ctx.db.updateTable('batches').set(before).where('id', '=', other).execute();
});

test('attempts of one batch are compared, and what is shown with each of them', async () => {
  const id = await another('Tried twice', ['good', 'bad', 'lost']);
  const mine = { ...it, batchId: id };
  await answerWith(mine, answered('good', 'fine'), refused('bad'));
  await retryBatch(it.ctx, id, { outcomes: ['failed', 'missing'] });
  expect(await compare({ with: id, attempt: 1, withAttempt: 2 }, id)).toMatchObject({
    total: 0,
    first: { ready: true, attempt: 1, models: [] },
    second: { ready: false, attempt: 2, models: [] },
  });
  await answerWith(mine, answered('bad', 'now'), refused('lost'));
  expect(told(await compare({ with: id, attempt: 1, withAttempt: 2 }, id))).toEqual([
    'good onlyFirst',
    'bad outcome',
    'lost outcome',
  ]);
  expect(told(await compare({ with: id, withAttempt: 1 }, id))).toEqual([
    'good same',
    'bad outcome',
    'lost outcome',
  ]);
  const pair = await getPair(it.ctx, id, 2, { with: id, attempt: 1, withAttempt: 2 });
  expect(pair.answers).toMatchObject({ first: { text: 'slow down' }, second: { text: 'now' } });
  await expect(compare({ with: id, withAttempt: 3 }, id)).rejects.toMatchObject({ code: 'not_found' });
  await retryBatch(it.ctx, id, { outcomes: ['failed'] });
  expect(await compare({ with: id, attempt: 1, withAttempt: 3 }, id)).toMatchObject({
    total: 0,
    second: { ready: false, attempt: 3 },
  });
});

test('what cannot be compared says why', async () => {
  await expect(compare({ with: undefined })).rejects.toMatchObject({ code: 'invalid' });
  await expect(compare({ with: it.batchId })).rejects.toMatchObject({ code: 'invalid' });
  const waiting = await another('Waiting', ['same']);
  expect(await compare({ with: waiting })).toMatchObject({
    items: [],
    first: { ready: true },
    second: { ready: false, phase: 'queued' },
  });
  await it.ctx.db.updateTable('batches').set({ phase: 'cancelled' }).where('id', '=', waiting).execute();
  await deleteBatch(it.ctx, waiting);
  await expect(compare({ with: waiting })).rejects.toMatchObject({
    code: 'not_found',
    message: 'The batch to compare with was not found.',
  });
  const actor = {
    kind: 'token' as const,
    tokenId: 't',
    userId: 'u',
    role: 'operator' as const,
    connectionId: 'con_x',
  };
  await expect(
    compareBatches({ ...it.ctx, actor } as typeof it.ctx, it.batchId, { with: other, cursor: 0, limit: 5 }),
  ).rejects.toMatchObject({ code: 'not_found' });
});
