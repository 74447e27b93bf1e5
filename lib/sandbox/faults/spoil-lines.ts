import 'server-only';
import { setTimeout as wait } from 'node:timers/promises';
import { Dropped } from '#lib/sandbox/answer';
import type { Faults } from './fault-desk.ts';

/** Results as they leave: chunks of whole lines go in. */
export function spoilLines(chunks: AsyncIterable<Uint8Array>, faults: Faults): AsyncIterable<Uint8Array> {
  const { duplicate, omit, shuffle, cutAt, trickleMs } = faults;
  let lines = chunks;
  if (duplicate || omit || shuffle) lines = disorder(lines, faults);
  if (cutAt !== undefined) lines = cut(lines, cutAt, faults.cutCleanly ?? false);
  return trickleMs === undefined ? lines : trickle(lines, trickleMs);
}

async function* disorder(
  chunks: AsyncIterable<Uint8Array>,
  { duplicate, omit, shuffle, turn }: Faults,
): AsyncIterable<Uint8Array> {
  let n = 0;
  for await (const chunk of chunks) {
    const lines = Buffer.from(chunk)
      .toString('utf8')
      .split('\n')
      .slice(0, -1)
      .flatMap((line) => {
        n++;
        if (omit && n % omit === 0) return [];
        return duplicate && n % duplicate === 0 ? [line, line] : [line];
      });
    const start = shuffle ? (turn * 7 + 3) % Math.max(1, lines.length) : 0;
    const turned = [...lines.slice(start), ...lines.slice(0, start)];
    yield Buffer.from((shuffle ? turned.reverse() : turned).map((line) => `${line}\n`).join(''));
  }
}

async function* cut(
  chunks: AsyncIterable<Uint8Array>,
  at: number,
  cleanly: boolean,
): AsyncIterable<Uint8Array> {
  let left = at;
  for await (const chunk of chunks) {
    if (chunk.length > left) {
      if (left > 0) yield chunk.subarray(0, left);
      if (cleanly) return;
      throw new Dropped();
    }
    left -= chunk.length;
    yield chunk;
  }
}

const pieces = 512;

async function* trickle(chunks: AsyncIterable<Uint8Array>, everyMs: number): AsyncIterable<Uint8Array> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += pieces) {
      await wait(everyMs);
      yield chunk.subarray(at, at + pieces);
    }
  }
}
