import { expect, it } from 'vitest';
import { askedBy, isNarrowed, noFilter, searchOf, shownFilterIn, wordsOf } from './shown-filter.ts';

const inAddress = (text: string) => shownFilterIn((name) => new URLSearchParams(text).get(name));

it('comes back from its own address', () => {
  const filter = { ...noFilter, q: 'a & b', model: 'x/y', tokensMin: '10', sort: '-cost' as const };
  expect(inAddress(searchOf(wordsOf(filter)))).toEqual(filter);
});

it('drops what nobody could have chosen', () => {
  expect(inAddress('outcome=fine&flag=x&tokensMin=-1&tokensMax=1e9&sort=evil&q=')).toEqual(noFilter);
});

it('asks for what cannot be read with what failed', () => {
  expect(askedBy({ ...noFilter, outcome: 'failed' }).outcome).toBe('failed,unparseable');
});

it('is not narrowed by an order alone', () => {
  expect(isNarrowed({ ...noFilter, sort: 'cost' })).toBe(false);
  expect(isNarrowed({ ...noFilter, q: 'a' })).toBe(true);
});
