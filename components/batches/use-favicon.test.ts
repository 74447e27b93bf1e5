import { expect, test } from 'vitest';
import { faviconOf } from './use-favicon.ts';

const filled = (svg: string) => Number(/dasharray="([\d.]+)/.exec(svg)?.[1]);

test('the ring of the tab fills as the batch does', () => {
  const whole = filled(faviconOf(100, 'good'));
  expect(filled(faviconOf(50, 'working'))).toBeCloseTo(whole / 2, 0);
  expect(filled(faviconOf(0, 'working'))).toBe(0);
  expect(filled(faviconOf(null, 'working'))).toBeCloseTo(whole / 4, 0);
});

test('the states are told apart by color', () => {
  const icons = (['working', 'good', 'bad', 'asking'] as const).map((tone) => faviconOf(100, tone));
  expect(new Set(icons).size).toBe(4);
});
