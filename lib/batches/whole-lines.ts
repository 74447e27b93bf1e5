import 'server-only';
import { fp } from '#lib/failpoint';
import { maxLineBytes } from '#lib/jsonl/split-lines';
import { ProviderTrouble } from '#lib/providers/provider';

const newline = 0x0a;

/** What a download has brought: how many lines that hold anything, and why it broke off where it did. */
export type Reading = { lines: number; broken: Error | null };

/**
 * Hands on whole lines until they end, the source breaks off or the claim is lost; what stands in `reading` then
 * tells which. Where a provider names no length, a connection that breaks looks like an end: then the last line
 * is no JSON, and what came is not all of it.
 */
export async function* wholeLines(
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  reading: Reading,
): AsyncGenerator<Uint8Array> {
  const count = lineCounter();
  const chunks = source[Symbol.asyncIterator]();
  let tail: Uint8Array[] = [];
  let length = 0;
  let over = false;
  try {
    while (!over) {
      const next = await chunks.next().catch((error: unknown) => broken(reading, error));
      over = next === null || next.done === true;
      signal.throwIfAborted();
      if (next === null || next.done) break;
      const end = next.value.lastIndexOf(newline) + 1;
      if (end > 0) {
        yield* counted([...tail, next.value.subarray(0, end)], count);
        tail = [];
        length = 0;
      }
      tail.push(next.value.slice(end));
      length += next.value.length - end;
      if (length > maxLineBytes) {
        // No line of ours is that long: it is not kept back, for it is judged elsewhere.
        yield* counted(tail, count);
        tail = [];
      }
      reading.lines = count.lines();
      fp('result-bytes');
    }
  } finally {
    if (!over) chunks.return?.()?.catch(() => {});
  }
  if (reading.broken === null && length <= maxLineBytes) {
    if (isWhole(Buffer.concat(tail).toString('utf8'))) yield* counted(tail, count);
    else reading.broken = new ProviderTrouble('They end in the middle of a line.');
  }
  reading.lines = count.lines() + count.open();
}

function broken(reading: Reading, error: unknown): null {
  reading.broken = error instanceof Error ? error : new Error('The download broke off.');
  return null;
}

type Counter = { push(chunk: Uint8Array): void; lines(): number; open(): number };

function* counted(chunks: Uint8Array[], count: Counter): Generator<Uint8Array> {
  for (const chunk of chunks) {
    if (chunk.length === 0) continue;
    count.push(chunk);
    yield chunk;
  }
}

function lineCounter(): Counter {
  let lines = 0;
  let filled = false;
  return {
    push(chunk) {
      for (let start = 0; start < chunk.length; ) {
        const at = chunk.indexOf(newline, start);
        const end = at === -1 ? chunk.length : at;
        for (let i = start; i < end && !filled; i++) filled = !isSpace(chunk[i]);
        if (at === -1) return;
        if (filled) lines += 1;
        filled = false;
        start = end + 1;
      }
    },
    lines: () => lines,
    open: () => (filled ? 1 : 0),
  };
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}

function isWhole(line: string): boolean {
  if (line.trim() === '') return true;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
