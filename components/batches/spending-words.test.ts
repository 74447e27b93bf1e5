import { expect, it } from 'vitest';
import type { Spending } from '#lib/model/spending';
import { monthName, sumOf } from './spending-words.ts';

const one = (given: Partial<Spending>): Spending => ({
  month: '2026-11',
  connection: { id: 'con_1', name: 'Infron' },
  batches: 1,
  amount: '0.1',
  currency: 'USD',
  saved: null,
  estimated: true,
  unpriced: 0,
  ...given,
});

it('adds up to the last digit', () => {
  const many = [one({}), one({ amount: '0.2', saved: '0.2' }), one({ amount: '0.000000001', unpriced: 3 })];
  expect(sumOf(many)).toEqual({ amount: '0.300000001', saved: '0.2', unpriced: 3 });
  expect(sumOf([])).toEqual({ amount: '0', saved: null, unpriced: 0 });
});

it('names a month', () => {
  expect(monthName('2026-11')).toBe('November');
});
