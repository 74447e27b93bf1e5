import { expect, test } from 'vitest';
import { addressOf, filterFrom } from './list-filter.ts';

const from = (address: string) => {
  const search = new URLSearchParams(address.split('?')[1]);
  return filterFrom((name) => search.get(name));
};

test('an address says what the list is narrowed to, and back again', () => {
  for (const filter of [
    { view: 'all', q: '' },
    { view: 'needs-you', q: '' },
    { view: 'running', q: 'a b & c=d %' },
  ] as const) {
    expect(from(addressOf(filter))).toEqual(filter);
  }
});

test('an unknown view is all', () => {
  expect(from('/batches?view=<script>')).toEqual({ view: 'all', q: '' });
});
