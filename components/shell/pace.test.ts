import { expect, test } from 'vitest';
import { ApiError } from '#lib/api-client';
import { paceOf } from './pace.ts';

test('a refusal is not asked for every second', () => {
  const after = (status: number) => paceOf(new ApiError(status, 'x', 'No.'), 1_500);
  expect([401, 403, 404].map(after)).toEqual([15_000, 15_000, 15_000]);
  expect(paceOf(null, 1_500)).toBe(1_500);
});

test('a lost connection and a server that stumbles are asked again as before', () => {
  for (const status of [0, 500, 503]) expect(paceOf(new ApiError(status, 'x', 'Lost.'), 1_500)).toBe(1_500);
});
