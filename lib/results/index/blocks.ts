import 'server-only';
import { statSync } from 'node:fs';

export const blockBytes = 1 << 17;

/**
 * Which blocks of a file there are, for all threads that read it: also of one that is still being written, whose
 * blocks are given out as they come. Beside it stand the counters by which two threads share the work.
 */
export type Blocks = Int32Array<SharedArrayBuffer>;

/** Places: how many blocks have come, whether more will, and a number that changes whenever somebody should look again. */
const came = 0;
const state = 1;
export const news = 2;
/** The next block to be taken, and how many have been used up. */
export const next = 3;
export const used = 4;

const coming = 0;
const whole = 1;
const givenUp = 2;

export function blocksOf(file: string): Blocks {
  const blocks = comingBlocks();
  tellCome(blocks, statSync(file).size, true);
  return blocks;
}

export function comingBlocks(): Blocks {
  return new Int32Array(new SharedArrayBuffer(5 * Int32Array.BYTES_PER_ELEMENT));
}

/** The writer's side. A block that is not full is one only when it is the last. */
export function tellCome(blocks: Blocks, bytes: number, isAll: boolean): void {
  Atomics.store(blocks, came, isAll ? Math.ceil(bytes / blockBytes) : Math.floor(bytes / blockBytes));
  if (isAll) Atomics.store(blocks, state, whole);
  tellNews(blocks);
}

/** Whoever waits for more waits no longer. */
export function giveUp(blocks: Blocks): void {
  Atomics.store(blocks, state, givenUp);
  tellNews(blocks);
}

export function tellNews(blocks: Blocks): void {
  Atomics.add(blocks, news, 1);
  Atomics.notify(blocks, news);
}

export function isThere(blocks: Blocks, n: number): boolean {
  return n < Atomics.load(blocks, came);
}

/** Waits until a block has come, or it is known that it never will. */
export function comes(blocks: Blocks, n: number): boolean {
  for (;;) {
    const seen = Atomics.load(blocks, news);
    const now = Atomics.load(blocks, state);
    if (now === givenUp) return false;
    if (isThere(blocks, n)) return true;
    if (now === whole) return false;
    Atomics.wait(blocks, news, seen);
  }
}

/** Waits at the end of what can be read. False when that is the end of the file, which is known only after a last look. */
export function growsOn(blocks: Blocks): boolean {
  const seen = Atomics.load(blocks, news);
  if (Atomics.load(blocks, state) !== coming) return false;
  Atomics.wait(blocks, news, seen);
  return true;
}

export function demandWhole(blocks: Blocks): void {
  if (Atomics.load(blocks, state) !== whole) throw new Error('The bytes of a file did not all come.');
}
