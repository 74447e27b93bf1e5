import { expect, it } from 'vitest';
import { excerpt, readLine } from './read-line.ts';

it('finds a physical line, blank ones counted', async () => {
  const file = new Blob(['a\n\nsecond\u2028x\nlast']);
  expect(await readLine(file, 3, 2)).toEqual({ before: 's', at: 'e', after: 'cond\u2028x' });
  expect(await readLine(file, 4, 99)).toEqual({ before: 'las', at: 't', after: '' });
  expect(await readLine(file, 9, 1)).toBeNull();
});

it('cuts around the column and counts characters', () => {
  const text = `${'😀'.repeat(200)}X${'y'.repeat(200)}`;
  const { before, at, after } = excerpt(text, 201);
  expect(at).toBe('X');
  expect([...before]).toHaveLength(81);
  expect(after.endsWith('…')).toBe(true);
});
