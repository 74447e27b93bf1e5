import { expect, test } from 'vitest';
import { ascending } from './ascending.ts';

const lists: number[][] = [
  [],
  [5],
  [3, 1, 2],
  [0, 0, 0],
  [70_000, 5, 65_536, 65_535, 5, 0],
  [2 ** 50, 1, 2 ** 32, 2 ** 32 + 1, 2 ** 50 - 1],
  Array.from({ length: 5_000 }, (_, n) => (n * 7_919_777) % 1_000_003),
];

test.each(lists)('keys stand in order, equal ones as they stood (case %#)', (...keys) => {
  const expected = keys
    .map((key, n) => ({ key, place: n + 1 }))
    .sort((a, b) => a.key - b.key || a.place - b.place);
  expect([...ascending([0, ...keys])]).toEqual(expected.map(({ place }) => place));
});
