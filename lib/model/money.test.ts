import { expect, test } from 'vitest';
import { decimalToNano, nanoToDecimal } from './money.ts';

test('nano-units and decimal strings say the same', () => {
  for (const [nano, text] of [
    [0, '0'],
    [497_000, '0.000497'],
    [1_840_000_000, '1.84'],
    [-5, '-0.000000005'],
  ] as const) {
    expect(nanoToDecimal(nano)).toBe(text);
    expect(decimalToNano(text)).toBe(nano);
  }
});

test('what is not a plain decimal is no price', () => {
  for (const text of ['', '1e5', '0x10', '1,5', 'NaN', '12345678.0']) expect(decimalToNano(text)).toBeNull();
});
