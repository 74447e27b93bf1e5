import { expect, test } from 'vitest';
import { timeTicks, wholeTicks } from './ticks.ts';

test.each([
  [1_000, 6],
  [47_000, 6],
  [3_600_000, 4],
  [26 * 3_600_000, 6],
  [40 * 86_400_000, 5],
])('%i ms are told by round times, at most %i and the start', (span, most) => {
  const ticks = timeTicks(span, most);
  expect(ticks.length).toBeGreaterThan(1);
  expect(ticks.length).toBeLessThanOrEqual(most + 1);
  expect(ticks.at(-1)).toBeLessThanOrEqual(span);
});

test('there is no half a request', () => {
  expect(wholeTicks([0, 0.5, 1, 1.5, 2])).toEqual([0, 1, 2]);
});
