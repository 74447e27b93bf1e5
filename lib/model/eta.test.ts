import { expect, test } from 'vitest';
import { noCounts } from './batch.ts';
import { etaOf, type Outlook } from './eta.ts';

const minute = 60_000;
const outlook = (given: Partial<Outlook> = {}): Outlook => ({
  phase: 'running',
  counts: { ...noCounts, total: 1_000, succeeded: 250, pending: 750 },
  countsAre: 'live',
  submittedAt: 0,
  startedAt: 0,
  movedAt: 10 * minute,
  took: [],
  now: 10 * minute,
  ...given,
});
const hours = (...given: number[]) => given.map((hour) => hour * 60 * minute);

test('a batch that is counted is done when its rate says so, give or take', () => {
  expect(etaOf(outlook())).toEqual({ from: 34 * minute, to: 52 * minute, basis: 'rate', seen: null });
});

test('it stands still between two changes', () => {
  expect(etaOf(outlook({ now: 20 * minute }))).toEqual(etaOf(outlook()));
});

test('a rate that has run dry says so instead of promising', () => {
  expect(etaOf(outlook({ now: 53 * minute }))).toBe('no_movement');
});

test('from the first few answers no rate is read, and the history speaks', () => {
  const early = outlook({
    counts: { ...noCounts, total: 1_000, succeeded: 5, pending: 995 },
    took: hours(1, 2, 3, 4),
  });
  expect(etaOf(early)).toEqual({ from: 120 * minute, to: 240 * minute, basis: 'history', seen: 4 });
});

test('where nobody counts, others of its size on this connection say how long it takes', () => {
  const silent = { countsAre: 'final-only', counts: { ...noCounts, total: 1_000, pending: 1_000 } } as const;
  expect(etaOf(outlook({ ...silent, took: hours(1, 2) }))).toBe('no_history');
  expect(etaOf(outlook({ ...silent, took: hours(1, 1, 1) }))).toMatchObject({ to: 60 * minute });
  expect(etaOf(outlook({ ...silent, took: hours(1, 1, 1), now: 61 * minute }))).toBe('overdue');
});

test('before it is sent and while it ends nobody knows', () => {
  expect(etaOf(outlook({ phase: 'queued', submittedAt: null }))).toBe('not_sent');
  for (const phase of ['finishing', 'collecting', 'cancelling'] as const) {
    expect(etaOf(outlook({ phase }))).toBe('waiting');
  }
});
