import { expect, test } from 'vitest';
import { anyTarget } from '#lib/jsonl/line-rules';
import { judged } from '#lib/jsonl/repair-kit';
import { mergeFiles } from './merge-files.ts';

const params = (id: string) => `{"custom_id":"${id}","params":{"model":"m","n":1.0}}`;

async function merge(...texts: string[]) {
  const parts = texts.map((text, n) => ({ file: new Blob([text]), prefix: `f${n + 1}-` }));
  const { blob, clashes } = await mergeFiles(parts, anyTarget, () => {});
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), bytes, clashes };
}

test('files stand one behind the other, each line with its bytes', async () => {
  const { text, clashes } = await merge(
    `\ufeff${params('a')}\r\n${params('b')}`,
    `\ufeff${params('c')}`,
    `${params('d')}\n`,
  );
  expect(text).toBe(`\ufeff${params('a')}\r\n${params('b')}\n${params('c')}\n${params('d')}\n`);
  expect(clashes.map(({ count }) => count)).toEqual([0, 0, 0]);
});

test('an id that stands in a file before gets the prefix of its own file, and meets no other', async () => {
  const { text, bytes, clashes } = await merge(
    `${params('a')}\n${params('b')}\n`,
    `${params('a')}\n${params('c')}\n${params('f2-a')}\n`,
    `\ufeff${params('a')}\r\n${params('c')}`,
  );
  expect(text).toBe(
    `${['a', 'b', 'f2-a-2', 'c', 'f2-a'].map((id) => `${params(id)}\n`).join('')}${params('f3-a')}\r\n${params('f3-c')}`,
  );
  expect(clashes).toEqual([
    { count: 0, samples: [] },
    { count: 1, samples: [{ id: 'a', becomes: 'f2-a-2' }] },
    {
      count: 2,
      samples: [
        { id: 'a', becomes: 'f3-a' },
        { id: 'c', becomes: 'f3-c' },
      ],
    },
  ]);
  expect(judged(bytes).errors).toBe(0);
});

test('an id that repeats inside of one file is left for the check to find', async () => {
  const { bytes } = await merge(`${params('a')}\n${params('a')}\n`, params('b'));
  expect(judged(bytes).codes).toEqual({ duplicate_custom_id: 1 });
});
