import { expect, test } from 'vitest';
import { noCounts } from '#lib/model/batch';
import { momentAt, momentsOf, spansOf, wasFollowed } from './moments.ts';

const at = (seconds: number) => new Date(seconds * 1_000).toISOString();
const times = { created: at(0), submitted: at(1), started: at(2), finished: null, expires: null };
const point = (seconds: number, succeeded: number) => ({ at: at(seconds), succeeded, failed: 0, other: 0 });
const counts = { ...noCounts, total: 10, succeeded: 6, expired: 1, missing: 1 };

test('the line goes from nothing at the sending to what is counted at the last look', () => {
  const moments = momentsOf([point(3, 2), point(5, 6)], { times, counts, checkedAt: at(9) });
  expect(moments.map(({ at, succeeded, other }) => [at / 1_000, succeeded, other])).toEqual([
    [1, 0, 0],
    [3, 2, 0],
    [5, 6, 0],
    [9, 6, 2],
  ]);
  expect(momentAt(moments, 4_999)?.succeeded).toBe(2);
  expect(momentAt(moments, 0)?.succeeded).toBe(0);
});

test('what was counted only at the end was not followed; a retry goes on from an end that was', () => {
  const over = { times: { ...times, finished: at(8) } };
  expect(wasFollowed([], { times })).toBe(false);
  expect(wasFollowed([point(8, 6)], over)).toBe(false);
  expect(wasFollowed([point(4, 2), point(8, 6)], over)).toBe(true);
  expect(wasFollowed([point(8, 6)], { times })).toBe(true);
});

test('where nobody counts, the stretches of the way are told as far as they have come', () => {
  const spans = (more: object) => spansOf({ phase: 'running', times: { ...times, ...more } });
  expect(spans({ submitted: null, started: null })).toEqual([
    { name: 'Created, until it was sent', from: at(0), to: null },
  ]);
  expect(spans({}).map(({ from, to }) => [from, to])).toEqual([
    [at(0), at(1)],
    [at(1), at(2)],
    [at(2), null],
  ]);
});
