import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answered, answerWith, type Walk, walk } from '#lib/batches/lifecycle-kit';
import { type ExportName, exportNames } from '#lib/paths';
import { type ExportQuery, exportResults } from './export-results.ts';

const ids = ['a', '__proto__', 'c', '=d'];
const line = (id: string) =>
  `{"custom_id":${JSON.stringify(id)}, "params":{"model":"m","n":9007199254740993}}`;
const refused = { custom_id: 'c', response: null, error: { code: 'rate', message: 'slow\u2028down' } };
const outputs = [answered('__proto__', 'x'.repeat(700_000)), refused, answered('a', '日本')];

let it: Walk;
beforeAll(async () => {
  it = await walk(`\uFEFF${ids.map(line).join('\r\n')}`);
  await answerWith(it, ...outputs);
});
afterAll(() => it.ctx.index.close());

const read = async (body: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(body));
const exported = async (name: ExportName, query: ExportQuery = {}) =>
  read((await exportResults(it.ctx, it.batchId, name, query)).body);
const lines = async (name: ExportName, query: ExportQuery = {}) =>
  (await exported(name, query)).toString().split('\n').slice(0, -1);

test('errors.jsonl holds all that did not succeed: the provider’s line, or one that says there is none', async () => {
  const [first, second, ...more] = await lines('errors.jsonl');
  expect([first, more]).toEqual([JSON.stringify(refused), []]);
  expect(JSON.parse(second ?? '')).toEqual({
    custom_id: '=d',
    response: null,
    error: { code: 'missing', message: 'The provider never answered this request.' },
  });
});

test('merged.jsonl has a line a request, both sides byte for byte', async () => {
  const merged = await lines('merged.jsonl');
  expect(merged.map((one) => (JSON.parse(one) as { custom_id: string }).custom_id)).toEqual(ids);
  for (const [n, id] of ids.entries()) expect(merged[n]).toContain(`"request":${line(id)},"response":`);
  expect(merged[0]?.endsWith(`"response":${JSON.stringify(outputs[2])}}`)).toBe(true);
  expect(merged[3]).toContain('"error":{"code":"missing"');
  expect(merged[3]?.endsWith('"response":null}')).toBe(true);
});

test('results.sqlite speaks in words and holds bodies where they are asked for', async () => {
  for (const bodies of [false, true]) {
    const file = path.join(it.ctx.env.BATCHDECK_DATA_DIR, 'results.sqlite');
    writeFileSync(file, await exported('results.sqlite', { bodies }));
    const db = new DatabaseSync(file, { readOnly: true });
    const rows = db.prepare('select * from results order by ordinal').all();
    db.close();
    expect(rows.map(({ custom_id, outcome }) => [custom_id, outcome])).toEqual([
      ['a', 'succeeded'],
      ['__proto__', 'succeeded'],
      ['c', 'failed'],
      ['=d', 'missing'],
    ]);
    expect([rows[1]?.request, rows[2]?.response]).toEqual(
      bodies ? [line('__proto__'), JSON.stringify(refused)] : [undefined, undefined],
    );
  }
});

test.each(exportNames)('%s can be filtered', async (name) => {
  const some = await exported(name, { outcome: ['failed'] });
  const none = await exported(name, { outcome: ['expired'] });
  expect(some.length).toBeGreaterThan(none.length * Number(!name.endsWith('.sqlite')));
  if (name.endsWith('.jsonl'))
    expect([(await lines(name, { outcome: ['failed'] })).length, none.length]).toEqual([1, 0]);
});

test.each(exportNames)('%s tells its length and hash beforehand, and any part of it', async (name) => {
  const whole = await exported(name);
  const found = await exportResults(it.ctx, it.batchId, name);
  expect(await found.whole?.measure()).toEqual({
    bytes: whole.length,
    sha256: createHash('sha256').update(whole).digest('hex'),
  });
  for (const [from, to] of [
    [0, 1],
    [1, whole.length],
    [Math.floor(whole.length / 2), Math.floor(whole.length / 2) + 100],
    [whole.length - 1, whole.length],
  ] as const) {
    const part = found.whole && (await read(found.whole.part({ from, to })));
    expect(part?.equals(whole.subarray(from, to))).toBe(true);
  }
});

test('what is filtered or may still change tells neither', async () => {
  expect((await exportResults(it.ctx, it.batchId, 'output.jsonl', { outcome: ['failed'] })).whole).toBeNull();
  const running = await walk();
  expect((await exportResults(running.ctx, running.batchId, 'output.jsonl')).whole).toBeNull();
  await running.ctx.index.close();
});

test('chosen places of the JSON become columns of the CSV, with every digit', async () => {
  const columns = ['request.params.n', 'response.error.code', 'answer'];
  const rows = (await exported('results.csv', { columns })).toString().trimEnd().split('\r\n');
  expect(rows[0]?.split(',').slice(-3)).toEqual(columns.map((name) => `"${name}"`));
  expect(rows[1]?.split(',').slice(-3)).toEqual(['"9007199254740993"', '', '']);
  expect(rows[3]?.split(',').slice(-3)).toEqual(['"9007199254740993"', '"rate"', '']);
});

test('what is only a part says so in its name', async () => {
  const nameOf = async ({ ctx, batchId }: Walk, name: ExportName, query: ExportQuery = {}) =>
    (await exportResults(ctx, batchId, name, query)).name;
  expect(await nameOf(it, 'results.csv')).toBe('Walk results.csv');
  expect(await nameOf(it, 'results.csv', { outcome: ['failed'] })).toBe('Walk partial results.csv');
  expect(await nameOf(it, 'input.jsonl', { outcome: ['failed'] })).toBe('Walk partial input.jsonl');
  const running = await walk();
  expect(await nameOf(running, 'output.jsonl')).toBe('Walk partial output.jsonl');
  expect(await nameOf(running, 'input.jsonl')).toBe('Walk input.jsonl');
  await running.ctx.index.close();
});

test('who stops reading in the middle leaves nothing running', async () => {
  for await (const piece of (await exportResults(it.ctx, it.batchId, 'merged.jsonl')).body) {
    expect(piece.length).toBeGreaterThan(0);
    break;
  }
  expect((await lines('merged.jsonl')).length).toBe(4);
});
