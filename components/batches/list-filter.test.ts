import { expect, test } from 'vitest';
import { addressOf, everything, filterFrom, isNarrowed, type ListFilter, toggled } from './list-filter.ts';

const from = (address: string) => {
  const search = new URLSearchParams(address.split('?')[1]);
  return filterFrom((name) => search.get(name));
};

test('an address says what the list is narrowed to, and back again', () => {
  const filters: Partial<ListFilter>[] = [
    {},
    { view: 'needs-you' },
    { view: 'running', q: 'a b & c=d %' },
    { sort: '-cost', phase: ['completed', 'failed'], tag: ['nightly', 'ü & ö'] },
    { connection: ['con_1'], owner: ['usr_1', 'usr_2'], sort: 'name' },
  ];
  for (const some of filters) {
    const filter = { ...everything, ...some };
    expect(from(addressOf(filter))).toEqual(filter);
  }
});

test('what an address cannot mean is left out', () => {
  const forged = '/batches?view=<script>&sort=-password&phase=done,failed,&tag=';
  expect(from(forged)).toEqual({ ...everything, phase: ['failed'] });
});

test('a choice is taken and given back, and the order narrows nothing', () => {
  const one = toggled(everything, 'tag', 'nightly');
  expect(one.tag).toEqual(['nightly']);
  expect(isNarrowed(one)).toBe(true);
  expect(toggled(one, 'tag', 'nightly')).toEqual(everything);
  expect(isNarrowed({ ...everything, sort: 'name' })).toBe(false);
});
