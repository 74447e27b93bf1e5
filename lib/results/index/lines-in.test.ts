import { closeSync, mkdtempSync, openSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { linesIn, rangeOf } from './lines-in.ts';

const file = path.join(mkdtempSync(path.join(tmpdir(), 'lines-')), 'a.jsonl');

function cut(content: string, size: number): { text: string; offset: number }[] {
  writeFileSync(file, content);
  const found: { text: string; offset: number }[] = [];
  const end = Buffer.byteLength(content);
  const fd = openSync(file, 'r');
  for (let from = 0; from < end; from += size) {
    linesIn({ fd, range: { from, to: from + size } }, (bytes, offset, length) => {
      expect(length).toBe(bytes.length);
      found.push({ text: Buffer.from(bytes).toString(), offset });
    });
  }
  closeSync(fd);
  return found;
}

const contents = [
  '',
  'a',
  'a\n',
  '\n',
  '\n\n\n',
  'one\ntwo\n\nthree',
  'über\u2028line\r\nnext\n',
  `${'x'.repeat(50)}\ny\n`,
];

test.each(contents)('every line of %j is found once, however it is cut', (content) => {
  const lines = content.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (let size = 1; size <= Buffer.byteLength(content) + 1; size++) {
    const found = cut(content, size);
    expect(found.map(({ text }) => text)).toEqual(lines);
    for (const { text, offset } of found) {
      const bytes = Buffer.from(content).subarray(offset, offset + Buffer.byteLength(text));
      expect(bytes.toString()).toBe(text);
    }
  }
});

test('a line of several ranges belongs to the one it begins in', () => {
  const long = 'x'.repeat(3_000_000);
  writeFileSync(file, `first\n${long}\nlast\n`);
  const fd = openSync(file, 'r');
  const found = Array.from({ length: 23 }, (_, block) => {
    const lengths: number[] = [];
    linesIn({ fd, range: rangeOf(block) }, (_, __, length) => lengths.push(length));
    return lengths;
  });
  closeSync(fd);
  expect(found[0]).toEqual([5, long.length]);
  expect(found.at(-1)).toEqual([4]);
  expect(found.flat()).toHaveLength(3);
});
