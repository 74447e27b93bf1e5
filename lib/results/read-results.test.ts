import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flags, outcomes } from '#lib/model/result';
import { type ResultSort, type ResultsFilter, resultSorts } from '#lib/model/result-query';
import { buildIndex } from './build-index.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { makeBatch } from './index/made-batch-kit.ts';
import type { IndexedRow, IndexFiles } from './index-orders.ts';
import { openIndexPool } from './index-pool.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'read-'));
const pool = openIndexPool(1);
afterAll(() => pool.close());

const seeds = [3, 8, 21, 34];
const sorts = resultSorts.flatMap((field): ResultSort[] => [field, `-${field}`]);

describe.each(seeds)('the results of made batch %i', (seed) => {
  let files: IndexFiles;
  let all: IndexedRow[];
  beforeAll(async () => {
    const { order } = makeBatch(seed, dir);
    buildIndex(
      order,
      () => null,
      () => null,
    );
    files = { base: order.out.index, retries: null };
    all = (await page({}, 'ordinal', 1_000)).rows;
  });

  const page = (filter: ResultsFilter, sort: ResultSort, limit: number, cursor?: string) =>
    pool.ask('page', { files, filter, sort, limit, from: readCursor(cursor) ?? 0 });

  async function pages(filter: ResultsFilter, sort: ResultSort, limit: number): Promise<number[]> {
    const seen: number[] = [];
    for (let cursor: string | undefined; ; ) {
      const { rows, next, total } = await page(filter, sort, limit, cursor);
      seen.push(...rows.map(({ ordinal }) => ordinal));
      if (next === null) {
        expect(seen.length).toBe(total);
        return seen;
      }
      cursor = writeCursor(next);
    }
  }

  test.each(sorts)('begin at any place of the order when sorted by %s', async (sort) => {
    for (const filter of filters()) {
      const wanted = expected(filter, sort);
      for (const from of [0, 1, wanted.length >> 1, wanted.length, wanted.length + 9]) {
        const { rows } = await pool.ask('page', { files, filter, sort, limit: 3, from });
        expect(rows.map(({ ordinal }) => ordinal)).toEqual(wanted.slice(from, from + 3));
      }
    }
  });

  const keys: Record<string, (row: IndexedRow) => string | number> = {
    ordinal: (row) => row.ordinal,
    customId: (row) => row.customId,
    outcome: (row) => outcomes.indexOf(row.outcome),
    input: (row) => row.usage?.input ?? -1,
    output: (row) => row.usage?.output ?? -1,
    tokens: (row) => row.usage?.total ?? -1,
    cost: () => -1,
  };

  /** The plain way: filter and sort in memory. SQLite compares text by its bytes. */
  function expected(filter: ResultsFilter, sort: ResultSort): number[] {
    const { outcome, flag, model, group, tokensMin = -1, tokensMax = Number.POSITIVE_INFINITY } = filter;
    const tokens = (row: IndexedRow) => row.usage?.total ?? -1;
    const meant = all.filter(
      (row) =>
        (!outcome || outcome.includes(row.outcome)) &&
        (!flag || row.flags.some((one) => flag.includes(one))) &&
        (!model || model.includes(row.model ?? '')) &&
        (!group || group.includes(row.group ?? '')) &&
        tokens(row) >= tokensMin &&
        (filter.tokensMax === undefined || tokens(row) >= 0) &&
        tokens(row) <= tokensMax,
    );
    const key = keys[sort.replace('-', '')] ?? (() => 0);
    const compare = (a: IndexedRow, b: IndexedRow) => {
      const [one, two] = [key(a), key(b)];
      const byKey =
        typeof one === 'string'
          ? Buffer.compare(Buffer.from(one), Buffer.from(String(two)))
          : one - Number(two);
      return byKey || a.ordinal - b.ordinal;
    };
    const ordinals = meant.sort(compare).map(({ ordinal }) => ordinal);
    return sort.startsWith('-') ? ordinals.reverse() : ordinals;
  }

  const filters = (): ResultsFilter[] => {
    const group = all.find((row) => row.group !== null)?.group;
    return [
      {},
      { outcome: ['succeeded'] },
      { outcome: ['failed', 'missing'] },
      { flag: ['truncated'] },
      { flag: [...flags] },
      { model: ['m'] },
      { model: ['m-1', 'n'], outcome: ['succeeded'] },
      { model: ['nobody'] },
      { group: [group ?? ''] },
      { tokensMin: 60 },
      { tokensMax: 100 },
      { tokensMin: 50, tokensMax: 120, outcome: ['succeeded', 'failed'] },
    ];
  };

  test.each(sorts)(
    'are filtered and sorted by %s as in memory, whatever the size of a page',
    async (sort) => {
      for (const filter of filters()) {
        const wanted = expected(filter, sort);
        for (const limit of [1, 7, 1_000]) {
          expect([filter, await pages(filter, sort, limit)]).toEqual([filter, wanted]);
        }
      }
    },
  );

  test.each(sorts)('know their neighbours when sorted by %s', async (sort) => {
    for (const filter of filters()) {
      const wanted = expected(filter, sort);
      for (const [n, ordinal] of wanted.entries()) {
        const found = await pool.ask('row', { files, ordinal, filter, sort });
        expect([found?.previous, found?.next]).toEqual([wanted[n - 1] ?? null, wanted[n + 1] ?? null]);
      }
    }
  });

  test('are told at once what they are told row by row', async () => {
    const facets = await pool.ask('facets', { files });
    const counted = (values: (string | null)[]) =>
      Object.fromEntries(
        [...Map.groupBy(values.filter(Boolean), (value) => value)].map(([k, v]) => [k, v.length]),
      );
    expect(facets.total).toBe(all.length);
    expect(facets.outcomes).toEqual(counted(all.map(({ outcome }) => outcome)));
    expect(facets.flags).toEqual(counted(all.flatMap((row) => row.flags)));
    expect(Object.fromEntries(facets.models.map(({ name, count }) => [name, count]))).toEqual(
      counted(all.map(({ model }) => model)),
    );
    const tokens = all.flatMap(({ usage }) => (usage?.total == null ? [] : [usage.total]));
    expect(facets.usage?.total ?? null).toBe(tokens.length > 0 ? tokens.reduce((a, b) => a + b) : null);
    for (const { from, to, count } of facets.histograms.tokens) {
      expect(tokens.filter((value) => value >= from && value < to).length).toBe(count);
    }
    expect(facets.histograms.tokens.reduce((sum, { count }) => sum + count, 0)).toBe(tokens.length);
  });

  test('that went wrong alike stand in one group', async () => {
    const { groups, total } = await pool.ask('groups', { files, after: 0, limit: 100 });
    const wrong = all.filter(({ outcome }) => outcome !== 'succeeded');
    expect(groups.length).toBe(total);
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(wrong.length);
    for (const group of groups) {
      const members = wrong.filter((row) => row.group === group.key);
      expect(members.length).toBe(group.count);
      expect([members[0]?.ordinal, members.at(-1)?.ordinal]).toEqual([group.first, group.last]);
      expect(group.example).toEqual({
        ordinal: members[0]?.ordinal,
        customId: members[0]?.customId,
        message: members[0]?.errorMessage,
      });
      expect(group.share).toBeCloseTo(group.count / all.length);
    }
    const slow = groups.find(({ code }) => code === 'rate');
    if (slow) expect([slow.pattern, slow.httpStatus]).toEqual(['slow down <n>', 429]);
  });
});

test('a cursor that no page gave is refused in words', () => {
  expect(() => readCursor('no cursor')).toThrow('This cursor is not one');
  expect(readCursor(writeCursor({ ordinal: 7, at: 3 }))).toEqual({ ordinal: 7, at: 3 });
});
