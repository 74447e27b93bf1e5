import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { type Change, changes } from '#lib/model/comparison';
import { buildIndex } from './build-index.ts';
import { inByteOrder } from './index/align.ts';
import { inView } from './index/in-view.ts';
import { makeBatch, makeRetry } from './index/made-batch-kit.ts';
import { markAnswers, saidIn } from './index/mark-answers.ts';
import { OpenFiles } from './index/open-files.ts';
import { pairPieces } from './index/pair-pieces.ts';
import type { IndexedRow, IndexFiles } from './index-orders.ts';
import { openIndexPool } from './index-pool.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'compare-'));
const pool = openIndexPool(2);
afterAll(async () => {
  await pool.close();
  rmSync(dir, { recursive: true });
});

type Side = { files: IndexFiles; attempt: number | null; segments: string[] };

/** What batch `seed` shows, and what its second attempt alone has. */
function made(seed: number): { shown: Side; second: Side } {
  const batch = makeBatch(seed, dir);
  const { attempt } = makeRetry(batch, 2, seed, dir);
  const [first] = batch.order.attempts;
  if (!first) throw new Error('expected an attempt');
  const build = (order: typeof batch.order) =>
    buildIndex(
      order,
      () => null,
      () => null,
    );
  build(batch.order);
  const out = { index: path.join(dir, `later-${seed}.sqlite`), text: path.join(dir, `later-${seed}.text`) };
  build({ ...batch.order, attempts: [attempt], base: batch.order.out.index, out });
  const segments = [first, attempt].flatMap(({ parts }) =>
    parts.flatMap((part) => part.segments.map(({ file }) => file)),
  );
  const files = { base: batch.order.out.index, retries: out.index };
  return { shown: { files, attempt: null, segments }, second: { files, attempt: 2, segments } };
}

/** The plain way: all rows of a side with their words, by name. */
async function rowsOf(side: Side): Promise<Map<string, { row: IndexedRow; said: string }>> {
  const ordinals = Array.from({ length: 100 }, (_, n) => n + 1);
  const { rows } = await pool.ask('rows', { ...side, ordinals });
  const said = ({ output }: IndexedRow) => {
    if (!output) return '';
    const bytes = readFileSync(side.segments[output.segment] ?? '');
    return saidIn(bytes.subarray(output.offset, output.offset + output.length).toString()).text;
  };
  return new Map(rows.map((row) => [row.customId, { row, said: said(row) }]));
}

async function compared(first: Side, second: Side) {
  const [one, other] = await Promise.all([pool.ask('marks', first), pool.ask('marks', second)]);
  return pool.ask('compare', { ...first, ...one, second: { ...second, ...other } });
}

describe.each([
  [3, 8],
  [21, 34],
  [5, 5],
])('made batches %i and %i', (a, b) => {
  const [one, other] = [made(a), made(b)];
  test.each([
    ['as they are shown', one.shown, other.shown],
    ['a later attempt and what is shown', one.second, one.shown],
    ['two later attempts', one.second, other.second],
  ])('%s are compared as in memory', async (_, first, second) => {
    const [here, there] = await Promise.all([rowsOf(first), rowsOf(second)]);
    const expected = new Map<string, Change>();
    for (const [id, { row, said }] of here) {
      const their = there.get(id);
      if (!their) expected.set(id, 'onlyFirst');
      else if (their.row.outcome !== row.outcome) expected.set(id, 'outcome');
      else if (row.outcome !== 'succeeded') expected.set(id, 'unanswered');
      else expected.set(id, said === their.said ? 'same' : 'changed');
    }
    for (const id of there.keys()) if (!here.has(id)) expected.set(id, 'onlySecond');

    const found = await compared(first, second);
    const names = (rows: typeof here) =>
      new Map([...rows.values()].map(({ row }) => [row.ordinal, row.customId]));
    const [ours, theirs] = [names(here), names(there)];
    const told = new Map<string, Change>();
    for (const [pair, code] of found.changes.entries()) {
      if (code === 0) continue;
      const stranger = found.strangers[pair - found.theirs.length];
      const id = (stranger === undefined ? ours.get(pair) : theirs.get(stranger)) ?? '';
      if (found.theirs[pair]) expect(theirs.get(found.theirs[pair] ?? 0)).toBe(id);
      told.set(id, changes[code - 1] ?? 'same');
    }
    expect(told).toEqual(expected);
    const values = [...expected.values()];
    for (const change of changes) {
      expect([change, found.counts[change]]).toEqual([change, values.filter((one) => one === change).length]);
    }
    const both = [...here.values()].filter(({ row }) => there.has(row.customId));
    const known = both.flatMap(({ row }) => (row.usage?.output == null ? [] : [row.usage.output]));
    expect(found.first.output).toBe(known.length > 0 ? known.reduce((sum, n) => sum + n, 0) : null);
  });
});

/** Forty requests with answers of 20 kB. */
function long(): Side {
  const batch = makeBatch(1, dir);
  const [attempt] = batch.order.attempts;
  const ids = Array.from({ length: 40 }, (_, n) => `row-${n}`);
  const write = (name: string, line: (id: string) => object) => {
    const file = path.join(dir, name);
    writeFileSync(file, ids.map((id) => `${JSON.stringify(line(id))}\n`).join(''));
    return { key: name, file };
  };
  const segment = write('long-answers', (custom_id) => ({
    custom_id,
    response: { status_code: 200, body: { choices: [{ text: 'x'.repeat(20_000) }] } },
  }));
  const input = write('long-input', (custom_id) => ({ custom_id, params: { model: 'm' } }));
  const part = { id: 'p', first: 1, last: 40, refused: null, unanswered: 'missing' as const };
  const attempts = [{ ...attempt, n: 1, input, parts: [{ ...part, segments: [segment] }] }];
  const out = { index: path.join(dir, 'long.sqlite'), text: path.join(dir, 'long.text') };
  const nothing = () => null;
  buildIndex({ ...batch.order, attempts, out }, nothing, nothing);
  return { files: { base: out.index, retries: null }, attempt: null, segments: [segment.file] };
}

test('long answers are in memory one pair at a time, and others are served between any two of them', () => {
  const side = long();
  const pauses = [...inView(markAnswers)(side)].length;
  expect(pauses).toBe(40);
  const read = vi.spyOn(OpenFiles.prototype, 'read');
  const pairs = Uint32Array.from({ length: 80 }, (_, n) => Math.floor(n / 2) + 1);
  const codes = new Uint8Array(40).fill(3);
  const pieces = inView(pairPieces)({ ...side, second: side, pairs, changes: codes, name: 'pairs.jsonl' });
  const [first = new Uint8Array()] = [pieces.next().value as Uint8Array];
  const lines = Buffer.from(first).toString().trimEnd().split('\n').length;
  expect(lines).toBeLessThan(10);
  expect(read).toHaveBeenCalledTimes(2 * lines);
  pieces.return(null);
  read.mockRestore();
});

test('names stand in the order of their bytes', () => {
  const names = ['a', 'ab', 'é', 'e\u0301', '\uFF5E', '😀', '\uE000', '日本', ''];
  const byBytes = names.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  expect(names.toSorted(inByteOrder)).toEqual(byBytes);
});
