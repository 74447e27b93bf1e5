import { expect, test } from 'vitest';
import { pageLimit } from './page.schema.ts';

test.each([
  [undefined, 50],
  ['20', 20],
  ['5000', 1_000],
  ['0', 1],
  ['-3', 1],
  ['many', 50],
  ['2.7', 2],
])('a limit of %j means %d rows', (asked, rows) => {
  expect(pageLimit.parse(asked)).toBe(rows);
});
