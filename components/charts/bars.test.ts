import { expect, test } from 'vitest';
import { bucketOf, bucketStart } from '#lib/model/buckets';
import type { ErrorGroup, Facets } from '#lib/model/result-facets';
import { barsOf, outcomeBars } from './bars.ts';

const bin = (tokens: number, count: number) => {
  const bucket = bucketOf(tokens);
  return { from: bucketStart(bucket), to: bucketStart(bucket + 1), count };
};

test('buckets nobody is in are bars too, so that the axis goes on evenly', () => {
  const bars = barsOf([bin(8, 3), bin(14, 2)], 24);
  expect(bars.map(({ from, to, count }) => [from, to, count])).toEqual([
    [8, 10, 3],
    [10, 12, 0],
    [12, 14, 0],
    [14, 16, 2],
  ]);
});

test('from one token to millions there are no more bars than asked for, and nobody is lost', () => {
  const tokens = [1, 5, 17, 900, 4_096, 70_000, 2_000_000];
  const bars = barsOf(
    tokens.map((each, n) => bin(each, n + 1)),
    24,
  );
  expect(bars.length).toBeLessThanOrEqual(24);
  expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(28);
  for (const [n, bar] of bars.slice(1).entries()) expect(bar.from).toBe(bars[n]?.to);
});

const facets = (outcomes: Facets['outcomes'], total: number) => ({ outcomes, total }) as Facets;
const group = (key: string, count: number): ErrorGroup => ({
  key,
  outcome: 'failed',
  code: 'rate',
  httpStatus: 429,
  pattern: '',
  count,
  share: 0,
  first: 1,
  last: 1,
  example: { ordinal: 1, customId: 'a', message: null },
});

test('each way in which requests did not succeed leads to them, and the lines add up to all', () => {
  const bars = outcomeBars(facets({ succeeded: 5, failed: 4 }, 9), [group('k1', 3)], 2);
  expect(bars.map(({ words, count, filter }) => [words, count, filter])).toEqual([
    ['Succeeded', 5, { outcome: 'succeeded' }],
    ['rate', 3, { group: 'k1' }],
    ['1 further way', 1, null],
  ]);
});
