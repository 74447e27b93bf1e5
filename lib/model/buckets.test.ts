import { expect, test } from 'vitest';
import { bucketOf, bucketStart } from './buckets.ts';

test('every count falls into the last bucket that starts at or below it', () => {
  for (const count of [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 19, 20, 1_000, 65_535, 65_536, 2_000_000_000]) {
    const bucket = bucketOf(count);
    expect([count, bucketStart(bucket) <= count && count < bucketStart(bucket + 1)]).toEqual([count, true]);
  }
});

test('buckets follow one another without a gap and there are few of them', () => {
  const starts = Array.from({ length: 100 }, (_, bucket) => bucketStart(bucket));
  expect(starts.slice(0, 14)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20]);
  expect(starts.map(bucketOf)).toEqual(starts.map((_, bucket) => bucket));
  expect(bucketOf(2 ** 40)).toBeLessThan(130);
});
