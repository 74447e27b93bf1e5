import { expect, test } from 'vitest';
import { keptUntil, stalledAfterMs, windowMs } from './patience.ts';

const hour = 3_600_000;

test('a window is read in hours and days, and is a day where nothing is said', () => {
  expect([windowMs('24h'), windowMs('7d'), windowMs(null), windowMs('immediate')]).toEqual(
    [24, 168, 24, 24].map((hours) => hours * hour),
  );
});

test('where answers are counted an eighth of the window without one is long, else outliving the window is', () => {
  expect(stalledAfterMs('running', 'live', '24h')).toBe(3 * hour);
  expect(stalledAfterMs('running', 'live', '1h')).toBe(hour / 2);
  expect(stalledAfterMs('running', 'final-only', '24h')).toBe(27 * hour);
  expect(stalledAfterMs('pending', 'live', '24h')).toBe(27 * hour);
  expect(stalledAfterMs('finishing', 'final-only', '24h')).toBe(3 * hour);
});

test('results are kept for so many days after they were last seen not to be there yet, or after the creation', () => {
  const at = { created: 1, heard: 5 };
  expect(keptUntil({ retentionDays: null, retentionFrom: 'end' }, at)).toBeNull();
  expect(keptUntil({ retentionDays: 1, retentionFrom: 'end' }, at)).toBe(24 * hour + 5);
  expect(keptUntil({ retentionDays: 1, retentionFrom: 'creation' }, at)).toBe(24 * hour + 1);
});
