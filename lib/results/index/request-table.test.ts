import { expect, test } from 'vitest';
import type { RequestRun } from './request-digest.ts';
import { RequestTable } from './request-table.ts';

function run(requests: [id: string, model: string | null][], from = 0): RequestRun {
  const ids = requests.map(([id]) => Buffer.from(id));
  const models = [...new Set(requests.flatMap(([, model]) => model ?? []))];
  return {
    ids: new Uint8Array(Buffer.concat(ids)),
    idLengths: Uint32Array.from(ids, ({ length }) => length),
    offsets: Float64Array.from(requests, (_, n) => from + n),
    lengths: Uint32Array.from(requests, (_, n) => n + 1),
    models,
    modelOf: Uint32Array.from(requests, ([, model]) => (model === null ? 0 : models.indexOf(model) + 1)),
  };
}

test('a request is found by its id, whatever the id is', () => {
  const ids = ['__proto__', 'constructor', '日本', 'é', 'e\u0301', 'a"b', '', 'x'.repeat(256)];
  const table = new RequestTable([run(ids.map((id) => [id, 'm']))]);
  expect(ids.map((id) => table.find(id))).toEqual(ids.map((_, n) => n + 1));
  expect(ids.map((_, n) => table.idOf(n + 1))).toEqual(ids);
  expect(['toString', 'É', 'x'.repeat(255), 'x'.repeat(100_000)].map((id) => table.find(id))).toEqual([
    0, 0, 0, 0,
  ]);
});

test('what stands in several pieces is counted on, with its model and place', () => {
  const table = new RequestTable([
    run(
      [
        ['a', 'big'],
        ['b', null],
      ],
      100,
    ),
    run(
      [
        ['c', 'small'],
        ['d', 'big'],
      ],
      200,
    ),
  ]);
  expect(table.count).toBe(4);
  expect([1, 2, 3, 4].map((n) => table.modelOf(n))).toEqual(['big', null, 'small', 'big']);
  expect([1, 2, 3, 4].map((n) => table.offsets[n])).toEqual([100, 101, 200, 201]);
});

test('of two requests with one id the first is found', () => {
  const table = new RequestTable([
    run([
      ['a', null],
      ['a', null],
      ['b', null],
    ]),
  ]);
  expect([table.find('a'), table.find('b'), table.count]).toEqual([1, 3, 3]);
});

test('a hundred thousand ids are found and no others', () => {
  const ids = Array.from({ length: 100_000 }, (_, n) => `row-${n}`);
  const table = new RequestTable([run(ids.map((id) => [id, null]))]);
  expect(ids.every((id, n) => table.find(id) === n + 1)).toBe(true);
  expect(ids.some((id) => table.find(`${id}x`) !== 0)).toBe(false);
});
