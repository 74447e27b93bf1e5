import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { answered, answerWith, type Walk, walk } from '#lib/batches/lifecycle-kit';
import { retryBatch } from '#lib/batches/retry-batch';
import { sweepBlobs } from '#lib/files/sweep-blobs';
import { type FieldCondition, fieldSort } from '#lib/model/answer-field';
import type { ResultsQuery } from '#lib/model/result-query';
import { exportResults } from './export-results.ts';
import { getResult } from './get-result.ts';
import { listFields } from './list-fields.ts';
import { listResults } from './list-results.ts';

const hostile = '=cmd|"<img src=x onerror=alert(1)>", \\.\u202e';
const answers: Record<string, string> = {
  a: '{"label":"good","score":7,"sure":true,"__proto__":"data"}',
  b: '{"label":"Bad","score":-0.5,"sure":false,"nested":{"b":[1]}}',
  c: `{"label":"good","score":"none","${hostile.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}":1}`,
  d: '{"label":null,"score":70,"a.b":"dotted"}',
  e: 'not JSON at all',
  f: '["a list"]',
  g: ' {"label":"bad idea","score":10}',
};

let it: Walk;
beforeAll(async () => {
  const line = (id: string) => `{"custom_id":"${id}","params":{"model":"m"}}`;
  it = await walk(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(line).join('\n'));
  const failed = { custom_id: 'h', response: null, error: { code: 'x', message: '{"label":"good"}' } };
  const lines = Object.entries(answers).map(([id, text]) => answered(id, text));
  await answerWith(it, failed, ...lines.reverse());
});
afterAll(() => it.ctx.index.close());

const shown = async (query: Partial<ResultsQuery>) => {
  const { items, total } = await listResults(it.ctx, it.batchId, { limit: 50, ...query });
  expect(items.length).toBe(total);
  return items.map(({ customId }) => customId).join('');
};
const where = (...conditions: FieldCondition[]) => shown({ where: conditions });

test('the fields of the answers are known with what they hold, whatever they are called', async () => {
  const { fields } = await listFields(it.ctx, it.batchId);
  expect(fields).toHaveLength(7);
  expect(fields).toEqual(
    expect.arrayContaining([
      { name: 'label', kind: 'text', count: 4, values: ['Bad', 'bad idea', 'good'] },
      { name: 'score', kind: 'mixed', count: 5, values: [-0.5, 7, 10, 70, 'none'] },
      { name: 'sure', kind: 'boolean', count: 2, values: [false, true] },
      { name: 'nested', kind: 'text', count: 1, values: ['{"b":[1]}'] },
      { name: 'a.b', kind: 'text', count: 1, values: ['dotted'] },
      { name: '__proto__', kind: 'text', count: 1, values: ['data'] },
      { name: hostile, kind: 'number', count: 1, values: [1] },
    ]),
  );
});

test('the whole batch is put in order by a field: numbers, then texts, then what has none', async () => {
  expect(await shown({ sort: fieldSort('score') })).toBe('bagdcefh');
  expect(await shown({ sort: `-${fieldSort('score')}` })).toBe('cdgabefh');
  expect(await shown({ sort: fieldSort('sure') })).toBe('bacdefgh');
  expect(await shown({ sort: fieldSort('a.b') })).toBe('dabcefgh');
  expect(await shown({ sort: fieldSort('__proto__') })).toBe('abcdefgh');
  expect(await shown({ sort: fieldSort('toString') })).toBe('abcdefgh');
});

test('conditions narrow by what a field is, holds or lies between', async () => {
  expect(await where(['label', 'is', 'good'])).toBe('ac');
  expect(await where(['label', 'contains', 'BAD'])).toBe('bg');
  expect(await where(['label', 'missing', ''])).toBe('defh');
  expect(await where(['score', 'min', '7'])).toBe('adg');
  expect(await where(['score', 'max', '9.5'])).toBe('ab');
  expect(await where(['score', 'min', '7'], ['score', 'max', '10'], ['label', 'contains', ''])).toBe('ag');
  expect(await where(['score', 'is', '7.0'])).toBe('a');
  expect(await where(['score', 'is', 'none'])).toBe('c');
  expect(await where(['score', 'min', 'none'])).toBe('');
  expect(await where(['sure', 'is', 'false'])).toBe('b');
  expect(await where(['__proto__', 'is', 'data'])).toBe('a');
  expect(await where([hostile, 'is', '1'])).toBe('c');
  expect(await where(['constructor', 'missing', ''])).toBe('abcdefgh');
});

test('each row tells the fields that are asked for, and pages go on by them', async () => {
  const query = { sort: fieldSort('score'), fields: ['score', 'label', '__proto__'], limit: 2 };
  const first = await listResults(it.ctx, it.batchId, query);
  const second = await listResults(it.ctx, it.batchId, { ...query, cursor: first.nextCursor ?? '' });
  expect([...first.items, ...second.items].map(({ fields }) => fields)).toEqual([
    [-0.5, 'Bad', null],
    [7, 'good', 'data'],
    [10, 'bad idea', null],
    [70, null, null],
  ]);
  expect(await getResult(it.ctx, it.batchId, 7, { sort: fieldSort('score') })).toMatchObject({
    previous: 1,
    next: 4,
  });
});

test('a download holds what the fields were narrowed to', async () => {
  const { name, body } = await exportResults(it.ctx, it.batchId, 'output.jsonl', {
    where: [['label', 'is', 'good']],
  });
  const text = Buffer.concat(await Array.fromAsync(body)).toString();
  expect(name).toBe('Walk partial output.jsonl');
  expect(text.match(/"custom_id":"."/g)).toEqual(['"custom_id":"a"', '"custom_id":"c"']);
});

test('the newest success is what counts, and what is kept of the first answers stays', async () => {
  const kept = async () => (await Array.fromAsync(it.ctx.blobs.list('results/'))).filter(isOfFields).length;
  const isOfFields = ({ key }: { key: string }) => key.includes('.fields');
  expect(await kept()).toBe(1);
  await retryBatch(it.ctx, it.batchId, { customIds: ['a', 'd', 'h'] });
  const again = [answered('a', '{"score":8.5,"label":"a new one"}'), answered('h', '{"later":"only"}')];
  await answerWith(it, ...again, { custom_id: 'd', response: null, error: { code: 'x', message: 'no' } });
  expect(await shown({ sort: fieldSort('score') })).toBe('bagdcefh');
  expect(await where(['score', 'is', '8.5'])).toBe('a');
  expect(await where(['sure', 'is', 'true'])).toBe('');
  expect(await where(['label', 'contains', 'a'])).toBe('abg');
  expect(await where(['later', 'is', 'only'])).toBe('h');
  const { items } = await listResults(it.ctx, it.batchId, { limit: 50, fields: ['label', 'score'] });
  expect(items.map(({ fields }) => fields)).toEqual([
    ['a new one', 8.5],
    ['Bad', -0.5],
    ['good', 'none'],
    [null, 70],
    [null, null],
    [null, null],
    ['bad idea', 10],
    [null, null],
  ]);
  const names = (await listFields(it.ctx, it.batchId)).fields.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['later', 'label']));
  expect(names).not.toContain('__proto__');
  await sweepBlobs({ ...it.ctx, clock: () => Date.now() + 2 * 3_600_000 });
  expect(await kept()).toBe(2);
});

test('many who ask at once for what nobody asked for before wait for one reading', async () => {
  for await (const { key } of it.ctx.blobs.list('results/')) {
    if (key.includes('.fields')) await it.ctx.blobs.delete(key);
  }
  const orders = vi.spyOn(it.ctx.index, 'ask');
  const asked = Array.from({ length: 5 }, () => where(['score', 'min', '8']));
  expect(await Promise.all(asked)).toEqual(['adg', 'adg', 'adg', 'adg', 'adg']);
  expect(orders.mock.calls.filter(([name]) => name === 'gather')).toHaveLength(2);
});
