import { expect, test } from 'vitest';
import { killAt } from './kill-at.ts';
import { killBroken, variants } from './kill-variants.ts';

const points = [
  'row:1',
  'intent-kept:1',
  'create-answered:1',
  'result-kept:1',
  'index-chunk:1',
  'pointer-flip:1',
];

test.concurrent.each(points)(
  'a kill at %s loses nothing, sends nothing twice and changes no byte',
  async (point) => {
    expect(await killAt(point, { withinMs: 40_000 })).toEqual({ killedAt: point.split(':')[0], wrong: [] });
  },
  90_000,
);

test('a product that does not mark its intent is found out', async () => {
  const [unmarked] = variants;
  if (!unmarked) throw new Error('There is no broken variant.');
  const { killedAt, wrong } = await killBroken(unmarked, 40_000);
  expect(killedAt).toBe('create-answered');
  expect(wrong).toContain('2 creates were accepted, 0 by a person');
}, 90_000);
