import { expect, test } from 'vitest';
import { endedWell, noCounts, progressOf } from './batch.ts';

const counts = { ...noCounts, total: 1000, succeeded: 990, failed: 9, pending: 1 };

test('progress is rounded down and never 100 before the end', () => {
  expect(progressOf('running', { ...counts, succeeded: 455, failed: 0, pending: 545 }, 'live')).toBe(45);
  expect(progressOf('running', { ...counts, pending: 0 }, 'live')).toBe(99);
  expect(progressOf('collecting', { ...counts, pending: 0 }, 'live')).toBe(99);
  expect(progressOf('completed', counts, 'live')).toBe(100);
});

test('progress is unknown while nobody counts', () => {
  expect(progressOf('running', counts, 'final-only')).toBeNull();
  expect(progressOf('queued', counts, 'final-only')).toBe(0);
});

test('completed with failures is not well', () => {
  expect(endedWell({ phase: 'completed', counts })).toBe(false);
  expect(endedWell({ phase: 'completed', counts: { ...noCounts, total: 3, succeeded: 3 } })).toBe(true);
});
