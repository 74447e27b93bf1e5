import { expect, test } from 'vitest';
import { type PastBatch, trackRecord } from './track-record.ts';

const batch = (given: Partial<PastBatch>): PastBatch => ({
  total: 50,
  succeeded: 50,
  models: ['m'],
  took: 60_000,
  ...given,
});

test('half of the batches took no longer than the median, nine of ten no longer than the other', () => {
  const past = Array.from({ length: 10 }, (_, n) => batch({ took: (n + 1) * 1_000 }));
  expect(trackRecord(past).all).toEqual({
    name: 'all',
    batches: 10,
    median: 6_000,
    p90: 10_000,
    success: 1,
  });
});

test('sizes stand in their order and models by how often they were used', () => {
  const record = trackRecord([
    batch({ total: 5_000, succeeded: 2_500, models: ['big'] }),
    batch({}),
    batch({ total: 100, models: ['m'] }),
    batch({ total: 1_000_000, models: ['big', 'm'], succeeded: 0 }),
  ]);
  expect(record.sizes.map(({ name, batches }) => [name, batches])).toEqual([
    ['up to 100 requests', 2],
    ['up to 10,000', 1],
    ['more than 100,000', 1],
  ]);
  expect(record.models.map(({ name }) => name)).toEqual(['m', 'big', 'several models']);
  expect(record.models[1]?.success).toBe(0.5);
});

test('what did not run to its end has no time, but it counts', () => {
  const record = trackRecord([batch({ took: null, succeeded: 0 })]);
  expect(record.all).toMatchObject({ batches: 1, median: null, p90: null, success: 0 });
  expect(trackRecord([]).all).toBeNull();
});
