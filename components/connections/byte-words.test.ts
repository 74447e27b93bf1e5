import { expect, test } from 'vitest';
import { bytesAsText, bytesIn } from './byte-words.ts';

test('a size survives being shown and read again', () => {
  for (const bytes of [200_000_000, 256 * 1024 ** 2, 1_500_000_000, 1_234_567, 1, 1e9]) {
    expect(bytesIn(bytesAsText(bytes))).toBe(bytes);
  }
  expect(bytesAsText(200_000_000)).toBe('200 MB');
  expect(bytesAsText(256 * 1024 ** 2)).toBe('256 MiB');
});

test('sizes are read as people write them, and nothing else is', () => {
  expect([bytesIn('1.5 gb'), bytesIn('100MB'), bytesIn('12'), bytesIn('0,5 MB')]).toEqual([
    1.5e9, 1e8, 12, 5e5,
  ]);
  for (const text of ['', 'MB', '-1 MB', '5 parsecs', '0', '1e9']) expect(bytesIn(text)).toBeNull();
});
