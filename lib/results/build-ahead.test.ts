import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { openFsBlobs } from '#lib/blobs/fs';
import { type Ahead, buildAhead, takeAhead } from './build-ahead.ts';
import { buildDraft, type Draft, type Made } from './build-draft.ts';
import { openIndexPool } from './index-pool.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'ahead-'));
const pool = openIndexPool(1);
const index = { ...pool, ask: vi.fn<typeof pool.ask>(pool.ask) };
const hands = {
  blobs: openFsBlobs(path.join(dir, 'blobs')),
  index,
  env: { BATCHDECK_DATA_DIR: dir } as never,
};
afterAll(async () => {
  await pool.close();
  rmSync(dir, { recursive: true, force: true });
});

const count = 4_000;
const filler = 'Straße “日本” and more. '.repeat(60);
const all = (line: (n: number) => object) =>
  Buffer.from(Array.from({ length: count }, (_, n) => `${JSON.stringify(line(n))}\n`).join(''));
const answers = all((n) => ({
  custom_id: `row-${(n * 7) % (count + 10)}`,
  response: { status_code: 200, body: { choices: [{ message: { content: filler.slice(n % 99) } }] } },
}));
const drafts = () => readdirSync(path.join(dir, 'tmp'));

let runs = 0;
/** A segment that comes in pieces cut anywhere, whose last piece waits until the index is being built. */
async function receive(more: (ahead: Ahead) => Promise<Uint8Array>) {
  runs += 1;
  const [segment, inputKey] = [`results/s-${runs}.jsonl`, `files/i-${runs}.jsonl`];
  await hands.blobs.put(inputKey, one(all((n) => ({ custom_id: `row-${n}`, params: { model: 'm' } }))));
  const part = { id: 'p', first: 1, last: count, segments: [segment], refused: null };
  const made: Made = {
    how: { dialect: 'inline', preset: 'sandbox', tariff: { list: null, discount: 0 } },
    attempts: [{ n: 1, inputKey, parts: [{ ...part, unanswered: 'missing' }] }],
  };
  const ahead = await buildAhead(hands, segment, async () => made);
  async function* pieces() {
    const all = answers.subarray(0, -50_000);
    for (let at = 0; at < all.length; at += 61_111) yield all.subarray(at, at + 61_111);
    await vi.waitFor(() => expect(index.ask).toHaveBeenCalledTimes(1));
    yield await more(ahead);
  }
  index.ask.mockClear();
  const kept = await hands.blobs.put(segment, pieces(), ahead.watch).catch((error: Error) => error);
  return { made, ahead, kept };
}

async function* one(bytes: Uint8Array) {
  yield bytes;
}

const rest = async () => answers.subarray(-50_000);
const bytesOf = ({ index, text }: Draft) =>
  [index, text].map((file) => readFileSync(file).toString('base64'));

test('an index built while its bytes come is the very one that is built when they are there', async () => {
  const { made } = await receive(rest);
  const [ahead, again] = (await Promise.all([1, 2].map(() => takeAhead(hands, made)))) as [Draft, null];
  expect(again).toBeNull();
  const after = await buildDraft(hands, made);
  expect(index.ask).toHaveBeenCalledTimes(2);
  expect(ahead.totals).toEqual(after.totals);
  expect(bytesOf(ahead)).toEqual(bytesOf(after));
  expect(await takeAhead(hands, made)).toBeNull();
  for (const draft of [ahead, after]) await draft.remove();
  expect(drafts()).toEqual([]);
}, 30_000);

test('what is then not wanted is not taken, and nothing of it is left', async () => {
  const { made, ahead } = await receive(rest);
  const other = { ...made, how: { ...made.how, tariff: { list: null, discount: 0.5 } } };
  expect(await takeAhead(hands, other)).toBeNull();
  ahead.drop();
  expect(await takeAhead(hands, made)).toBeNull();
  await vi.waitFor(() => expect(drafts()).toEqual([]));
}, 30_000);

test('bytes that break off or are given up end the build, and the next one begins', async () => {
  const { made, ahead, kept } = await receive(async () => {
    throw new Error('Cut off.');
  });
  expect(kept).toMatchObject({ message: 'Cut off.' });
  ahead.drop();
  expect(await takeAhead(hands, made)).toBeNull();
  await vi.waitFor(() => expect(drafts()).toEqual([]));
  const next = await receive(rest);
  const draft = await takeAhead(hands, next.made);
  expect(draft?.totals.merged).toMatchObject({ succeeded: 3_991, missing: 9 });
  await draft?.remove();
}, 30_000);

test('a provider that is slow holds up no other index', async () => {
  const { made } = await receive(async () => {
    const [segment, inputKey] = ['results/other.jsonl', 'files/other.jsonl'];
    await hands.blobs.put(inputKey, one(Buffer.from('{"custom_id":"a"}\n')));
    await hands.blobs.put(segment, one(Buffer.from('{"custom_id":"a"}\n')));
    const part = { id: 'o', first: 1, last: 1, segments: [segment], refused: null };
    const how = { dialect: 'inline', preset: 'sandbox', tariff: { list: null, discount: 0 } };
    const other = await buildDraft(hands, {
      how,
      attempts: [{ n: 1, inputKey, parts: [{ ...part, unanswered: 'missing' }] }],
    });
    expect(other.totals.merged).toMatchObject({ failed: 1 });
    await other.remove();
    return rest();
  });
  await (await takeAhead(hands, made))?.remove();
}, 30_000);
