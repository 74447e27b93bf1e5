import { expect, test } from 'vitest';
import { commandsFor, matching } from './palette-commands.ts';

const commands = commandsFor({ go: () => {}, setTheme: () => {} });
const names = (q: string) => matching(commands, q).map(({ name }) => name);

test('commands are found by the beginnings of their words, in any order', () => {
  expect(names('new')).toEqual(['New batch']);
  expect(names('bat run')).toEqual(['Running batches']);
  expect(names('theme d')).toEqual(['Dark theme']);
  expect(names('atches')).toEqual([]);
});

test('with nothing typed a few are offered, and each has a name of its own', () => {
  expect(names('')).toHaveLength(4);
  expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
});
