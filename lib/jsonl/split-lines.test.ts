import { expect, test } from 'vitest';
import { createLineSplitter, type Line, linesOf } from './split-lines.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (line: Line) =>
  line.bytes ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(line.bytes) : null;

function split(chunks: Uint8Array[], options?: { maxLineBytes?: number }): Line[] {
  const splitter = createLineSplitter(options);
  const lines: Line[] = [];
  for (const chunk of chunks) splitter.push(chunk, (line) => lines.push(line));
  splitter.end((line) => lines.push(line));
  return lines;
}

const awkward = 'a\u2028b\n\n\r\n{"x":"é😀"}\r\n \nlast';

test('lines end at 0x0A and nowhere else', () => {
  expect(split([bytes(awkward)]).map(text)).toEqual(['a\u2028b', '', '\r', '{"x":"é😀"}\r', ' ', 'last']);
});

test('a newline at the end opens no further line', () => {
  expect(split([bytes('a\nb\n')]).map(text)).toEqual(['a', 'b']);
  expect(split([bytes('')])).toEqual([]);
  expect(split([bytes('\n')]).map(text)).toEqual(['']);
});

test('numbers, offsets and lengths point at the bytes', () => {
  const whole = bytes(awkward);
  const lines = split([whole]);
  expect(lines.map((line) => line.line)).toEqual([1, 2, 3, 4, 5, 6]);
  for (const { offset, length, bytes: own } of lines) {
    expect(whole.subarray(offset, offset + length)).toEqual(own);
  }
});

test('where chunks are cut changes nothing', () => {
  const whole = bytes(awkward);
  const expected = split([whole]);
  for (let a = 0; a <= whole.length; a++) {
    for (let b = a; b <= whole.length; b++) {
      expect(split([whole.subarray(0, a), whole.subarray(a, b), whole.subarray(b)])).toEqual(expected);
    }
  }
  expect(split(Array.from(whole, (byte) => Uint8Array.of(byte)))).toEqual(expected);
});

test('a line that is too long is reported once and not kept', () => {
  const lines = [
    [bytes('abcdef\nxyz\n123456')],
    [bytes('abc'), bytes('def\nxy'), bytes('z\n12345'), bytes('6')],
  ].map((chunks) => split(chunks, { maxLineBytes: 5 }));
  for (const found of lines) {
    expect(found.map((line) => [text(line), line.line, line.offset, line.length])).toEqual([
      [null, 1, 0, 6],
      ['xyz', 2, 7, 3],
      [null, 3, 11, 6],
    ]);
  }
  expect(split([bytes('abcde\n')], { maxLineBytes: 5 }).map(text)).toEqual(['abcde']);
});

test('a generator gives the same lines', async () => {
  async function* source() {
    for (const byte of bytes(awkward)) yield Uint8Array.of(byte);
  }
  expect(await Array.fromAsync(linesOf(source()))).toEqual(split([bytes(awkward)]));
});
