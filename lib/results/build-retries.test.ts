import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Outcome } from '#lib/model/result';
import { providerFor } from '#lib/providers/registry';
import { buildIndex } from './build-index.ts';
import { makeBatch, makeRetry } from './index/made-batch-kit.ts';
import type { IndexFiles } from './index-orders.ts';
import { openIndexPool } from './index-pool.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'retries-'));
const pool = openIndexPool(1);
const noPrices = () => null;
afterAll(() => pool.close());

const { readLine } = providerFor('inline', 'sandbox');
const seeds = Array.from({ length: 30 }, (_, n) => n + 1);

type Try = { attempt: number; outcome: Outcome; answered: boolean; tokens: number };

/** The plain way: of each attempt the first answer to each of its requests, or what its part says of the rest. */
function triesOf(
  n: number,
  ids: string[],
  answers: string,
  unanswered: (id: string) => Outcome,
): Map<string, Try> {
  const tries = new Map<string, Try>();
  for (const line of answers.split('\n')) {
    const record = line.trim() === '' ? null : readLine(Buffer.from(line));
    if (!record || record.customId === null || !ids.includes(record.customId) || tries.has(record.customId))
      continue;
    const { outcome, usage } = record;
    tries.set(record.customId, { attempt: n, outcome, answered: true, tokens: usage?.total ?? 0 });
  }
  for (const id of ids) {
    if (!tries.has(id)) tries.set(id, { attempt: n, outcome: unanswered(id), answered: false, tokens: 0 });
  }
  return tries;
}

const rank = ({ outcome, answered }: Try) =>
  outcome === 'succeeded' ? 3 : answered ? 2 : outcome === 'failed' ? 1 : 0;

test.each(seeds)('the newest success or else the newest answer is shown, batch %i', async (seed) => {
  const made = makeBatch(seed, dir);
  const [first] = made.order.attempts;
  const retries = [2, 3].map((n) => makeRetry(made, n, seed, dir));
  buildIndex(made.order, () => null, noPrices);
  const out = { index: path.join(dir, `r-${seed}.sqlite`), text: path.join(dir, `r-${seed}.text`) };
  const totals = buildIndex(
    { ...made.order, attempts: retries.map(({ attempt }) => attempt), base: made.order.out.index, out },
    () => null,
    noPrices,
  );
  const outcomeIn = (
    parts: { first: number; last: number; refused: unknown; unanswered: Outcome }[],
    place: number,
  ) => {
    const part = parts.find((one) => place >= one.first && place <= one.last);
    return part?.refused ? 'failed' : (part?.unanswered ?? 'missing');
  };
  const all = [
    triesOf(1, made.ids, made.segments.join(''), (id) =>
      outcomeIn(first?.parts ?? [], made.ids.indexOf(id) + 1),
    ),
    ...retries.map(({ attempt, ids, answers }) =>
      triesOf(attempt.n, ids, answers, (id) => outcomeIn(attempt.parts, ids.indexOf(id) + 1)),
    ),
  ];
  const shown = made.ids.map((id) => {
    const tries = all.flatMap((attempt) => attempt.get(id) ?? []);
    return tries.reduce((best, one) => (rank(one) >= rank(best) ? one : best));
  });
  const files: IndexFiles = { base: made.order.out.index, retries: out.index };
  const page = await pool.ask('page', { files, filter: {}, from: 0, limit: 1_000 });
  expect(page.rows.map(({ customId, outcome, attempt }) => [customId, outcome, attempt])).toEqual(
    made.ids.map((id, n) => [id, shown[n]?.outcome, shown[n]?.attempt]),
  );
  const facets = await pool.ask('facets', { files });
  const counted = Map.groupBy(shown, ({ outcome }) => outcome);
  expect(facets.outcomes).toEqual(
    Object.fromEntries([...counted].map(([outcome, some]) => [outcome, some.length])),
  );
  expect(facets.usage?.total ?? 0).toBe(shown.reduce((sum, { tokens }) => sum + tokens, 0));
  const spent = all.flatMap((attempt) => [...attempt.values()]).reduce((sum, { tokens }) => sum + tokens, 0);
  expect(totals.usage?.total ?? 0).toBe(spent);
  const used = all.flatMap((attempt) => [...attempt.values()]).filter(({ tokens }) => tokens > 0);
  expect(totals.spent.reduce((sum, { answers }) => sum + answers, 0)).toBe(used.length);
  const { groups } = await pool.ask('groups', { files, after: 0, limit: 100 });
  expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(
    shown.filter(({ outcome }) => outcome !== 'succeeded').length,
  );
  for (const [n, id] of made.ids.entries()) {
    const row = await pool.ask('row', { files, filter: {}, ordinal: n + 1 });
    const tries = all.flatMap((attempt) => attempt.get(id) ?? []);
    expect(row?.tries.map(({ attempt, outcome }) => [attempt, outcome])).toEqual(
      tries.map(({ attempt, outcome }) => [attempt, outcome]),
    );
  }
});
