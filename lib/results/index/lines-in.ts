import 'server-only';
import { readSync } from 'node:fs';
import { type Blocks, blockBytes, growsOn } from './blocks.ts';

export type Range = { from: number; to: number };
/** Without `blocks` the file is whole. */
export type Lines = { fd: number; range: Range; blocks?: Blocks };
/** `bytes` are good only while `take` runs, and empty where the line is too long to be held. */
type Take = (bytes: Uint8Array, offset: number, length: number) => void;

const newline = 0x0a;
/** Read beyond a range, because its last line seldom ends with it. */
const slackBytes = 1 << 14;
/** V8 holds no longer string. */
const longestLine = 512 * 1024 * 1024;

/** A block of a file, to be read apart from the others: a line belongs to the block in which it begins. */
export function rangeOf(block: number): Range {
  return { from: block * blockBytes, to: (block + 1) * blockBytes };
}

/** Every line that begins in a range, split at byte 0x0A only. The end of a last one may still have to come. */
export function linesIn({ fd, range: { from, to }, blocks }: Lines, take: Take): void {
  const source = { fd, isOver: overOf(blocks) };
  const start = from === 0 ? 0 : lineStartAfter(fd, from - 1, to);
  if (start < to) readLines(source, start, to, take);
}

type Source = {
  fd: number;
  /** Where nothing more could be read: whether that was the end. */
  isOver: () => boolean;
};

function overOf(blocks: Blocks | undefined): () => boolean {
  let over = blocks === undefined;
  return () => {
    if (over || blocks === undefined) return true;
    over = !growsOn(blocks);
    return false;
  };
}

/** One buffer a thread, grown for as long as a line needs more. */
const spare = Buffer.allocUnsafe(4 * blockBytes);

function lineStartAfter(fd: number, from: number, to: number): number {
  const read = readSync(fd, spare, 0, Math.min(blockBytes, to - from), from);
  const at = spare.subarray(0, read).indexOf(newline);
  return at === -1 ? to : from + at + 1;
}

function readLines(source: Source, start: number, to: number, take: Take): void {
  let buffer = spare;
  let held = 0;
  for (let at = start; ; ) {
    const wanted = Math.max(to + slackBytes - at - held, slackBytes, held);
    const read = readSync(source.fd, buffer, held, Math.min(wanted, buffer.length - held), at + held);
    const end = held + read;
    let line = 0;
    const full = buffer.subarray(0, end);
    for (let cut = full.indexOf(newline, held); cut !== -1; cut = full.indexOf(newline, line)) {
      take(full.subarray(line, cut), at + line, cut - line);
      line = cut + 1;
      if (at + line >= to) return;
    }
    if (read === 0) {
      if (!source.isOver()) continue;
      if (end > 0) take(full, at, end);
      return;
    }
    if (line > 0) buffer.copyWithin(0, line, end);
    at += line;
    held = end - line;
    if (held < buffer.length) continue;
    if (held >= longestLine) {
      takeOverlong(source, at, to, take);
      return;
    }
    const larger = Buffer.allocUnsafe(buffer.length * 2);
    larger.set(buffer);
    buffer = larger;
  }
}

function takeOverlong(source: Source, start: number, to: number, take: Take): void {
  for (let at = start + longestLine; ; ) {
    const read = readSync(source.fd, spare, 0, blockBytes, at);
    if (read === 0 && !source.isOver()) continue;
    const cut = spare.subarray(0, read).indexOf(newline);
    const end = cut === -1 ? at + read : at + cut;
    if (cut === -1 && read > 0) {
      at = end;
      continue;
    }
    take(spare.subarray(0, 0), start, end - start);
    if (end + 1 < to) readLines(source, end + 1, to, take);
    return;
  }
}
