import { expect, test } from 'vitest';
import {
  formatAge,
  formatBytes,
  formatClock,
  formatDuration,
  formatExact,
  formatMoney,
  formatNumber,
  formatRange,
  formatRelative,
} from './format.ts';

const german = { locale: 'de-DE', zone: 'Europe/Berlin' };
const plain = { locale: 'en-US', zone: 'UTC' };
const now = Date.parse('2026-11-21T12:00:00Z');
const ago = (seconds: number) => now - seconds * 1000;

test('numbers follow the reader, not the server', () => {
  expect(formatNumber(1_234_567, plain)).toBe('1,234,567');
  expect(formatNumber(1_234_567, german)).toBe('1.234.567');
});

test('bytes have one unit and no false precision', () => {
  expect([0, 999, 1_000, 1_536, 204_800_000, 999_999].map((n) => formatBytes(n, plain))).toEqual([
    '0 B',
    '999 B',
    '1 kB',
    '1.5 kB',
    '205 MB',
    '1 MB',
  ]);
});

test('a small price is never rounded to nothing', () => {
  expect(formatMoney('1.84', 'USD', plain)).toBe('$1.84');
  expect(formatMoney('0.00042', 'USD', plain)).toBe('$0.00042');
  expect(formatMoney('0', 'USD', plain)).toBe('$0.00');
  expect(formatMoney('3', 'not a currency', plain)).toBe('3 not a currency');
});

test('durations have at most two units', () => {
  expect([0, 4, 61, 4_800, 86_400, 183_600].map((s) => formatDuration(s * 1000))).toEqual([
    '0 s',
    '4 s',
    '1 min',
    '1 h 20 min',
    '24 h',
    '2 d 3 h',
  ]);
});

test('a range names its unit once where both ends share it', () => {
  expect(formatRange(18 * 60_000, 25 * 60_000)).toBe('18–25 min');
  expect(formatRange(40 * 60_000, 70 * 60_000)).toBe('40 min – 1 h 10 min');
  expect(formatRange(3_600_000, 3 * 3_600_000)).toBe('1–3 h');
});

test('relative times tick and end as dates', () => {
  expect(formatRelative(ago(2), now, plain)).toBe('just now');
  expect(formatRelative(ago(12), now, plain)).toBe('12 s ago');
  expect(formatRelative(ago(-7_300), now, plain)).toBe('in 2 h');
  expect(formatRelative(ago(-(86_400 - 3)), now, plain)).toBe('in 1 d');
  expect(formatRelative(ago(-(86_400 * 7 - 3)), now, plain)).toBe('in 7 d');
  expect(formatRelative(ago(-86_400 * 1.9), now, plain)).toBe('in 2 d');
  expect(formatRelative(ago(-90 * 60), now, plain)).toBe('in 2 h');
  expect(formatRelative(ago(86_400 * 30), now, plain)).toBe('Oct 22');
  expect(formatRelative(ago(86_400 * 400), now, plain)).toBe('Oct 17, 2025');
  expect(formatAge(ago(245), now)).toBe('4 m');
});

test('the exact time names its zone', () => {
  expect(formatExact('2026-11-21T22:10:05Z', plain)).toContain('22:10:05 UTC');
  expect(formatClock('2026-11-21T22:10:05Z', now, german)).toBe('23:10');
  expect(formatClock('2026-11-22T22:10:05Z', now, plain)).toContain('Nov 22');
});
