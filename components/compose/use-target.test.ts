import { expect, test } from 'vitest';
import { routesIn, startAt } from './use-target.ts';

const targets = [
  { id: 'first', locked: 'paused' },
  { id: 'second', locked: null },
  { id: 'third', locked: null },
];

test.each([
  ['the connection used last', targets, 'third', 'third'],
  ['the first that works, where the last one does not', targets, 'first', 'second'],
  ['the first that works, where the last one is gone', targets, 'gone', 'second'],
  ['the first that works, where nothing was sent yet', targets, null, 'second'],
  ['a locked one, where there is no other: its reason is told', targets.slice(0, 1), null, 'first'],
  ['nothing, where there is nothing', [], null, null],
])('a batch starts at %s', (_, given, lately, wanted) => {
  expect(startAt(given, lately)).toBe(wanted);
});

test('what a draft says of its gateway is taken up for that gateway alone', () => {
  expect(routesIn({ connectionId: 'con_1', route: 'bedrock' })).toEqual({ con_1: 'bedrock' });
  expect(routesIn({ connectionId: 'con_1', route: null })).toEqual({});
  expect(routesIn(null)).toEqual({});
});
