import { expect, test } from 'vitest';
import { answered } from './lifecycle-kit.ts';
import { type Reading, wholeLines } from './whole-lines.ts';

const whole = [answered('a'), answered('b')].map((line) => JSON.stringify(line)).join('\n');
const start = whole.indexOf('\n') + 1;

async function read(text: string): Promise<Reading & { kept: string }> {
  async function* source() {
    yield Buffer.from(text);
  }
  const reading: Reading = { lines: 0, broken: null };
  const { signal } = new AbortController();
  const pieces = await Array.fromAsync(wholeLines(source(), signal, reading));
  return { ...reading, kept: Buffer.concat(pieces).toString() };
}

test('what is cut anywhere in its last line is no whole download, and keeps the lines before', async () => {
  for (let at = start + 1; at < whole.length; at++) {
    expect(await read(whole.slice(0, at)), `cut at ${at}`).toEqual({
      lines: 1,
      broken: expect.any(Error),
      kept: whole.slice(0, start),
    });
  }
});

test('a last line may lack its end', async () => {
  expect(await read(whole)).toEqual({ lines: 2, broken: null, kept: whole });
});
