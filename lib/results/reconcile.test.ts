import { afterAll, beforeAll, expect, test } from 'vitest';
import { answered, answerWith, type Walk, walk } from '#lib/batches/lifecycle-kit';
import { retryBatch } from '#lib/batches/retry-batch';
import { type AnomalyKind, mismatchKinds } from '#lib/model/reconciliation';
import { exportMismatches } from './export-mismatches.ts';
import { readAnomalyBytes, reconcile } from './reconcile.ts';

const ids = ['a', '__proto__', 'c', 'd'];
const input = ids.map((id) => `{"custom_id":"${id}","params":{"model":"m"}}`).join('\n');
const failed = (id: string) => ({ custom_id: id, response: null, error: { code: 'x', message: 'no' } });
const torn = '{"custom_id":"c","resp';
const first = [
  answered('a', 'one'),
  answered('a', 'two'),
  failed('a'),
  answered('__proto__'),
  answered('stranger'),
  answered('stranger'),
  'no json',
];

let it: Walk;
beforeAll(async () => {
  it = await walk(input);
  await answerWith(it, ...first);
});
afterAll(() => it.ctx.index.close());

const look = (query: Partial<Parameters<typeof reconcile>[2]> = {}) =>
  reconcile(it.ctx, it.batchId, { limit: 50, ...query });

async function textOf(line: string | null): Promise<string> {
  const { body } = await readAnomalyBytes(it.ctx, it.batchId, line ?? '');
  return Buffer.concat(await Array.fromAsync(body)).toString();
}

test('every request and every line that came is accounted for', async () => {
  const found = await look();
  expect(found).toEqual({
    submitted: 4,
    received: 7,
    outcomes: { succeeded: 2, missing: 2 },
    mismatches: { missing: 2, duplicate: 1, conflicting: 1, unknown: 2, unparseable: 1 },
    items: [],
    nextCursor: null,
  });
  expect(Object.values(found.outcomes).reduce((a, b) => a + b)).toBe(found.submitted);
});

test.each(mismatchKinds)('what is %s can be read, one by one and line by line', async (kind) => {
  const { mismatches, items: all } = await look({ kind });
  expect(all).toHaveLength(mismatches[kind]);
  const paged = [];
  for (let cursor: string | undefined; ; ) {
    const { items, nextCursor } = await look({ kind, limit: 1, cursor });
    paged.push(...items);
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  expect(paged).toEqual(all);
  for (const { id, raw } of all) if (id !== null) expect(await textOf(id)).toBe(raw?.text);
});

test('a mismatch names its request, if there is one', async () => {
  const [duplicate] = (await look({ kind: 'duplicate' })).items;
  expect(duplicate).toMatchObject({ customId: 'a', ordinal: 1, attempt: 1 });
  expect(await textOf(duplicate?.id ?? null)).toBe(JSON.stringify(first[1]));
  expect((await look({ kind: 'unknown' })).items).toMatchObject([
    { customId: 'stranger', ordinal: null },
    { customId: 'stranger', ordinal: null },
  ]);
  expect((await look({ kind: 'missing' })).items.map(({ customId }) => customId)).toEqual(['c', 'd']);
  await expect(readAnomalyBytes(it.ctx, it.batchId, 'b99')).rejects.toMatchObject({ code: 'not_found' });
});

test('all lines of one kind can be had at once, byte for byte', async () => {
  const exported = async (kind: AnomalyKind) => {
    const { name, body } = await exportMismatches(it.ctx, it.batchId, kind);
    return [name, Buffer.concat(await Array.fromAsync(body)).toString()];
  };
  const strangers = [first[4], first[5]].map((line) => `${JSON.stringify(line)}\n`).join('');
  expect(await exported('unknown')).toEqual(['Walk unknown.jsonl', strangers]);
  expect(await exported('unparseable')).toEqual(['Walk unparseable.jsonl', 'no json\n']);
});

test('a retry adds what came, with its own mismatches', async () => {
  await retryBatch(it.ctx, it.batchId, {});
  await answerWith(it, answered('c'), answered('c'), answered('a'), torn, 'x');
  const found = await look({ kind: 'duplicate' });
  expect(found).toMatchObject({
    submitted: 4,
    received: 12,
    outcomes: { succeeded: 3, missing: 1 },
    mismatches: { missing: 1, duplicate: 2, conflicting: 1, unknown: 3, unparseable: 3 },
  });
  expect(found.items.map(({ id, customId, attempt }) => [id?.charAt(0), customId, attempt])).toEqual([
    ['b', 'a', 1],
    ['r', 'c', 2],
  ]);
  expect(await textOf(found.items[1]?.id ?? null)).toBe(JSON.stringify(answered('c')));
});
