import { expect, test } from 'vitest';
import { type Connection, pausedForKey } from '#lib/model/connection';
import { someConnection } from './connection-kit.ts';
import { inUseWords, isKeyRefused, stateOf } from './state-words.ts';

const now = '2026-11-21T00:00:00.000Z';

test('the most urgent state is the one that is told', () => {
  const failed = { at: now, kind: 'unavailable', message: 'The host did not answer in time.' } as const;
  const paused = { at: now, by: 'ada@example.com', why: 'Budget is spent' };
  const all = { locked: 'No key file.', paused, keyRefused: true, checked: failed };
  const told = (given: object) => stateOf(someConnection(given)).word;
  expect(told(all)).toBe('locked');
  expect(told({ ...all, locked: null })).toBe('paused');
  expect(told({ ...all, locked: null, paused: null })).toBe('key refused');
  expect(told({ checked: failed })).toBe('last check failed');
  expect(told({ checked: { ...failed, kind: 'ready' } })).toBe('ready');
  expect(told({})).toBe('not checked yet');
  expect(told({ baseUrl: '' })).toBe('ready');
});

test('a pause names who made it and why', () => {
  const text = (paused: Connection['paused']) => stateOf(someConnection({ paused })).text;
  expect(text({ at: now, by: 'ada@example.com', why: 'Budget is spent' })).toBe(
    'Paused by ada@example.com. Budget is spent.',
  );
  expect(text({ at: now, by: null, why: '' })).toBe('Paused.');
});

test('a refused key is told as that, whoever found it', () => {
  const paused = { at: now, by: null, why: pausedForKey };
  const checked = { at: now, kind: 'key_refused', message: 'The provider refused the key (401).' } as const;
  expect(stateOf(someConnection({ paused, batches: { running: 1, waiting: 2 } }))).toMatchObject({
    word: 'key refused',
    text: 'The provider refused the key. 3 batches wait for another one.',
  });
  expect(stateOf(someConnection({ checked })).text).toBe('The provider refused the key (401).');
  expect(isKeyRefused(someConnection({}))).toBe(false);
});

test('batches are counted in words', () => {
  expect(inUseWords({ running: 2, waiting: 1 })).toBe('2 running, 1 waiting');
  expect(inUseWords({ running: 0, waiting: 0 })).toBe('none running');
});
