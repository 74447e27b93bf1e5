import { afterAll, beforeAll, expect, test } from 'vitest';
import { getBatch } from '#lib/batches/get-batch';
import { accepted, answered, jsonl, type Walk, walk } from '#lib/batches/lifecycle-kit';
import type { ExportName } from '#lib/paths';
import { exportResults } from './export-results.ts';
import { getResult } from './get-result.ts';
import { listResults } from './list-results.ts';
import { readResultBytes } from './read-result-bytes.ts';

const ids = ['__proto__', 'constructor', '日本', 'a"b', '../../x', 'toString', 'last'];
const input = ids.map(
  (id) => `{"custom_id":${JSON.stringify(id)},"params":{"model":"m","n":9007199254740993}}`,
);
const outputs = [
  answered('last', 'x'.repeat(100_000)),
  answered('a"b', '=cmd|calc'),
  answered('__proto__', 'line one\u2028still line one'),
  {
    custom_id: '日本',
    response: { status_code: 429, body: { error: { message: 'slow down', code: 'rate' } } },
    error: null,
  },
  answered('constructor'),
  answered('../../x'),
];

let it: Walk;
beforeAll(async () => {
  it = await walk(`\uFEFF${input.join('\r\n')}`);
  const all = () => jsonl(...outputs);
  it.provider.answers = [() => accepted(), all, all];
  for (let i = 0; i < 4; i++) await it.step();
  expect(await getBatch(it.ctx, it.batchId)).toMatchObject({
    phase: 'completed',
    counts: { total: 7, succeeded: 5, failed: 1, missing: 1 },
  });
});
afterAll(() => it.ctx.index.close());

test('rows stand in input order whatever the order of the answers, and every id is data', async () => {
  const { items, total } = await listResults(it.ctx, it.batchId, { outcome: [], cursor: 0, limit: 50 });
  expect(total).toBe(7);
  expect(items.map(({ customId }) => customId)).toEqual(ids);
  expect(items.map(({ outcome }) => outcome)).toEqual([
    'succeeded',
    'succeeded',
    'failed',
    'succeeded',
    'succeeded',
    'missing',
    'succeeded',
  ]);
});

test('pages follow one another by cursor and a filter counts what it shows', async () => {
  const first = await listResults(it.ctx, it.batchId, { outcome: ['succeeded'], cursor: 0, limit: 2 });
  const second = await listResults(it.ctx, it.batchId, {
    outcome: ['succeeded'],
    cursor: Number(first.nextCursor),
    limit: 50,
  });
  expect([...first.items, ...second.items].map(({ ordinal }) => ordinal)).toEqual([1, 2, 4, 5, 7]);
  expect([first.total, second.nextCursor]).toEqual([5, null]);
});

test('one result has its exact bytes on both sides and knows its neighbours in the filter', async () => {
  const detail = await getResult(it.ctx, it.batchId, 4, { outcome: ['succeeded'] });
  expect(detail.request.text).toBe(input[3]);
  expect(detail.response?.text).toBe(JSON.stringify(outputs[1]));
  expect([detail.previous, detail.next]).toEqual([2, 5]);
  expect(await getResult(it.ctx, it.batchId, 6)).toMatchObject({ outcome: 'missing', response: null });
  await expect(getResult(it.ctx, it.batchId, 8)).rejects.toMatchObject({ code: 'not_found' });
});

test('a long answer is cut for the page and whole for who asks for it', async () => {
  const detail = await getResult(it.ctx, it.batchId, 7);
  expect(detail.response).toMatchObject({ cut: true });
  const { body } = await readResultBytes(it.ctx, it.batchId, 7, 'response');
  expect(await textOf(body)).toBe(JSON.stringify(outputs[0]));
});

test('the input leaves as it came, the output as the provider wrote it, in input order', async () => {
  expect(await exported('input.jsonl')).toBe(`\uFEFF${input.join('\r\n')}`);
  const inOrder = ids.flatMap((id) => outputs.filter(({ custom_id }) => custom_id === id));
  expect(await exported('output.jsonl')).toBe(inOrder.map((line) => `${JSON.stringify(line)}\n`).join(''));
});

test('the table has a row for every request and no formula', async () => {
  const csv = await exported('results.csv');
  expect(csv.startsWith('\uFEFFordinal,custom_id,')).toBe(true);
  expect(csv).toContain(`"'=cmd|calc"`);
  expect(csv).toContain('6,"toString","missing"');
});

async function exported(name: ExportName): Promise<string> {
  return textOf((await exportResults(it.ctx, it.batchId, name)).body);
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
