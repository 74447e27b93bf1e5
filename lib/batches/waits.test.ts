import { expect, test } from 'vitest';
import { heeding, jittered } from './waits.ts';

test('a wait that a provider asked for is never cut short', () => {
  const waits = Array.from({ length: 1_000 }, () => jittered(heeding(5_000, 60_000)));
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(60_000);
  expect(Math.max(...waits)).toBeLessThanOrEqual(72_000);
});
