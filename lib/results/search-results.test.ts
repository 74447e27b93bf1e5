import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { accepted, answered, jsonl, type Walk, walk } from '#lib/batches/lifecycle-kit';
import type { ResultsFilter } from '#lib/model/result-query';
import { exportResults } from './export-results.ts';
import { getResult } from './get-result.ts';
import { listResults } from './list-results.ts';

const prompts: Record<string, string> = {
  'row-1': 'What is the capital of France?',
  'row-2': 'Is 100% of _it_ (a+)+$ literal?',
  'Paris-3': 'Say something else',
  ['__proto__']: 'emoji 🙂 please',
};
const answers = [
  answered('__proto__', 'Here: 🙂🙂'),
  answered('Paris-3', 'nothing'),
  answered('row-1', `${'Well, '.repeat(60)}PARIS is the capital.`),
  { custom_id: 'row-2', response: null, error: { code: 'rate', message: 'Slow DOWN, paris' } },
];

let it: Walk;
beforeAll(async () => {
  const lines = Object.entries(prompts).map(([id, content]) =>
    JSON.stringify({ custom_id: id, params: { model: 'm', messages: [{ role: 'user', content }] } }),
  );
  it = await walk(lines.join('\n'));
  it.provider.answers = [() => accepted(), () => jsonl(...answers)];
  for (let i = 0; i < 3; i++) await it.step();
});
afterAll(() => it.ctx.index.close());

const found = async (filter: ResultsFilter) => {
  const { items, total } = await listResults(it.ctx, it.batchId, { ...filter, limit: 50 });
  expect(items.length).toBe(total);
  return items.map(({ customId, hit }) => [customId, ...(hit?.in ?? [])]);
};

test('words are found in ids, prompts, answers and errors, whatever their capitals', async () => {
  expect(await found({ q: 'pArIs' })).toEqual([
    ['row-1', 'answer'],
    ['row-2', 'answer'],
    ['Paris-3', 'customId'],
  ]);
  expect(await found({ q: 'capital' })).toEqual([['row-1', 'prompt', 'answer']]);
  expect(await found({ q: '__proto__' })).toEqual([['__proto__', 'customId']]);
  expect(await found({ q: 'no such words' })).toEqual([]);
});

test.each(['%', '_it_', '(a+)+$', '100% of', '?'])('%j is taken literally', async (q) => {
  const meant = Object.entries(prompts).filter(([, prompt]) => prompt.includes(q));
  expect(await found({ q })).toEqual(meant.map(([id]) => [id, 'prompt']));
});

test('a filter narrows what a search finds, and pages go on in any order', async () => {
  expect(await found({ q: 'paris', outcome: ['failed'] })).toEqual([['row-2', 'answer']]);
  const query = { q: 'paris', sort: '-customId', limit: 2 } as const;
  const first = await listResults(it.ctx, it.batchId, query);
  const second = await listResults(it.ctx, it.batchId, { ...query, cursor: first.nextCursor ?? '' });
  expect([first.total, second.total, second.nextCursor]).toEqual([3, 3, null]);
  expect([...first.items, ...second.items].map(({ customId }) => customId)).toEqual([
    'row-2',
    'row-1',
    'Paris-3',
  ]);
});

test('a snippet shows the words as they were written, with a little around them', async () => {
  const { items } = await listResults(it.ctx, it.batchId, { q: 'paris is', limit: 50 });
  expect(items[0]?.hit?.snippet).toEqual({
    in: 'answer',
    before: 'll, Well, Well, Well, Well, Well, Well, ',
    match: 'PARIS is',
    after: ' the capital.',
  });
  const emoji = await listResults(it.ctx, it.batchId, { q: '🙂 please', limit: 50 });
  expect(emoji.items[0]?.hit?.snippet).toMatchObject({ in: 'prompt', before: 'emoji ', match: '🙂 please' });
});

test('a result knows its neighbours in a search, and an export holds what was found', async () => {
  expect(await getResult(it.ctx, it.batchId, 2, { q: 'paris' })).toMatchObject({ previous: 1, next: 3 });
  const { body } = await exportResults(it.ctx, it.batchId, 'output.jsonl', { q: 'paris' });
  const lines = Buffer.concat(await Array.fromAsync(body)).toString();
  expect(lines).toBe(
    [answers[2], answers[3], answers[1]].map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
});

test('a search that nobody waits for any more ends, and others go on', async () => {
  const left = new AbortController();
  const search = listResults(it.ctx, it.batchId, { q: 'left', limit: 50 }, left.signal);
  left.abort(new Error('left'));
  await expect(search).rejects.toThrow('left');
  expect(await found({ q: 'nothing' })).toEqual([['Paris-3', 'answer']]);
});

test('words that were lost are written again before they are searched', async () => {
  const { index_key: key } = await it.ctx.db
    .selectFrom('batches')
    .select('index_key')
    .executeTakeFirstOrThrow();
  await it.ctx.blobs.delete(String(key).replace('.sqlite', '.text'));
  const ask = vi.spyOn(it.ctx.index, 'ask');
  expect((await listResults(it.ctx, it.batchId, { limit: 50 })).total).toBe(4);
  expect(ask.mock.calls.map(([name]) => name)).not.toContain('build');
  expect(await found({ q: 'emoji' })).toEqual([['__proto__', 'prompt']]);
  expect(ask.mock.calls.map(([name]) => name)).toContain('build');
});
