import { expect, test } from 'vitest';
import { pathsIn, valueAt } from './json-path.ts';

const value = { a: { 'b.c': [{ d: 1 }, { d: 2 }], '': 'empty', '\\': 'slash' }, text: 'words', list: [] };

test.each([
  ['text', 'words'],
  ['a.b\\.c.1.d', 2],
  ['a.', 'empty'],
  ['a.\\\\', 'slash'],
  ['list', []],
  ['list.0', undefined],
  ['a.b\\.c.length', undefined],
  ['text.length', undefined],
  ['constructor.name', undefined],
  ['__proto__', undefined],
])('%s', (path, found) => {
  expect(valueAt(value, path)).toEqual(found);
});

test('every place that is named is found again', () => {
  const paths = pathsIn({ root: value }, 'x', 50);
  expect(paths).toEqual(['x.root.a.b\\.c.0.d', 'x.root.a.', 'x.root.a.\\\\', 'x.root.text']);
  expect(paths.map((path) => valueAt({ x: { root: value } }, path))).toEqual([1, 'empty', 'slash', 'words']);
  expect(pathsIn({ a: 1, b: 2, c: 3 }, 'x', 2)).toEqual(['x.a', 'x.b']);
});
