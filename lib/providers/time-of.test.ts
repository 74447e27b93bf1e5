import { afterEach, expect, it } from 'vitest';
import { timeOf } from './time-of.ts';

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

const then = Date.UTC(2025, 11, 17, 11, 52, 32);

it.each([
  ['seconds', then / 1_000],
  ['milliseconds', then],
  ['microseconds', then * 1e3],
  ['nanoseconds', then * 1e6],
  ['seconds as text', String(then / 1_000)],
  ['ISO', '2025-12-17T11:52:32Z'],
  ['ISO with seven digits', '2025-12-17T11:52:32.0000000Z'],
  ['ISO with an offset', '2025-12-17T06:52:32.000000-05:00'],
])('reads %s', (_, value) => {
  expect(timeOf(value)).toBe(then);
});

it.each(['America/New_York', 'Asia/Tokyo'])('takes a time without a zone for UTC, in %s too', (TZ) => {
  process.env.TZ = TZ;
  expect(timeOf('2025-12-17T11:52:32')).toBe(then);
  expect(timeOf('2025-12-17 11:52:32.000000')).toBe(then);
});

it.each([
  0,
  -1,
  null,
  undefined,
  '',
  '0',
  'soon 7',
  '5 o’clock',
  1e300,
  'Infinity',
  '0001-01-01T00:00:00Z',
  '2025-13-45T00:00:00Z',
])('takes %j for none', (value) => {
  expect(timeOf(value)).toBeNull();
});
