import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const wanted = (file: string) => {
  const text = readFileSync(path.join(import.meta.dirname, file), 'utf8');
  return [...text.matchAll(/import\('([^']+)'\)/g)].map(([, from = '']) => from);
};

test('every piece that is fetched when it is wanted is fetched ahead, too', () => {
  const sources = readdirSync(import.meta.dirname).filter((file) => !/\.test\.|^load-ahead/.test(file));
  const later = [...new Set(sources.flatMap(wanted))].filter((from) => from !== './load-ahead.ts').sort();
  expect(later.length).toBeGreaterThan(10);
  expect(wanted('load-ahead.ts').sort()).toEqual(later);
});
