import { expect, test } from 'vitest';
import type { Batch } from '#lib/model/batch';
import { countOf, estimateOf, orderOf, overridesIn, usualWish, whyNotRetry } from './retry-wish.ts';

const counts = { total: 10, succeeded: 4, failed: 3, cancelled: 0, expired: 1, missing: 2, pending: 0 };
const cost = { amount: '0.4', currency: 'USD', source: 'estimate', saved: null } as const;
const one = [{ n: 1, phase: 'completed', counts }] as Batch['attempts'];

test('the failed are meant first, and where none failed all that did not succeed', () => {
  expect(usualWish(counts)).toEqual({ outcomes: ['failed'] });
  expect(usualWish({ ...counts, failed: 0 })).toEqual({ outcomes: ['expired', 'missing'] });
});

test('what is meant is counted and becomes an order', () => {
  expect(countOf({ outcomes: ['failed', 'missing'] }, counts)).toBe(5);
  expect(orderOf({ outcomes: ['failed', 'missing'] }, undefined)).toEqual({
    outcomes: ['failed', 'unparseable', 'missing'],
  });
  const group = { group: 'k', pattern: 'p', count: 2 };
  expect([countOf(group, counts), orderOf(group, { model: 'm' })]).toEqual([
    2,
    { group: 'k', overrides: { model: 'm' } },
  ]);
  const rows = { customIds: ['a', 'b'] };
  expect([countOf(rows, counts), orderOf(rows, undefined)]).toEqual([2, { customIds: ['a', 'b'] }]);
});

test('a retry that cannot be made says why', () => {
  expect(whyNotRetry({ phase: 'completed', counts }, true)).toBeNull();
  expect(whyNotRetry({ phase: 'completed', counts }, false)).toContain('role');
  expect(whyNotRetry({ phase: 'running', counts }, true)).toContain('not over yet');
  const fine = { ...counts, succeeded: 10, failed: 0, expired: 0, missing: 0 };
  expect(whyNotRetry({ phase: 'completed', counts: fine }, true)).toBe('Every request succeeded.');
});

test('what is changed is a JSON object and a model, or nothing', () => {
  expect(overridesIn(' ', '')).toEqual({ overrides: undefined });
  expect(overridesIn(' gpt-5 ', '{"max_tokens": 9, "stop": null}')).toEqual({
    overrides: { max_tokens: 9, stop: null, model: 'gpt-5' },
  });
  for (const wrong of ['[1]', '{"a"', 'null', '3']) expect(overridesIn('', wrong)).toContain('JSON object');
  expect(overridesIn('', '{"__proto__": 1}')).toContain('“__proto__” cannot be');
});

test('a cost is estimated from what succeeded, and not where that says nothing', () => {
  expect(estimateOf({ cost, counts, attempts: one }, 3, false)).toBe('0.3');
  expect(estimateOf({ cost, counts, attempts: one }, 3, true)).toBeNull();
  expect(estimateOf({ cost: null, counts, attempts: one }, 3, false)).toBeNull();
  expect(estimateOf({ cost, counts, attempts: [...one, ...one] }, 3, false)).toBeNull();
  expect(estimateOf({ cost, counts: { ...counts, succeeded: 0 }, attempts: one }, 3, false)).toBeNull();
});
