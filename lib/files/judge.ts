import 'server-only';
import { anyTarget, type LineRules } from '#lib/jsonl/line-rules';
import type { Summary } from '#lib/jsonl/validate';
import { judgeLines } from './judge-lines.ts';
import { type JudgeThread, takeThread } from './judge-thread.ts';

/** Judges the bytes of one file as they come. Who does not `finish` it must `stop` it. */
export type Judge = {
  /** Room for the next block. */
  block(): Uint8Array<ArrayBuffer>;
  /** The bytes belong to the judge from now on: their buffer may travel to a thread. */
  push(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  finish(): Promise<Summary>;
  stop(): void;
};

/** Large, because two threads are woken for each. */
export const blockBytes = 1024 * 1024;
const fewBytes = 256 * 1024;

/** A small file is judged at once; a larger one in a thread, where a hostile line holds nobody up. */
export function createJudge(rules: LineRules = anyTarget): Judge {
  let first: Uint8Array<ArrayBuffer> | null = null;
  let thread: JudgeThread | null = null;
  return {
    block: () => new Uint8Array(thread?.block() ?? new ArrayBuffer(blockBytes)),
    async push(bytes) {
      if (!first && !thread && bytes.length <= fewBytes) {
        first = bytes;
        return;
      }
      thread ??= takeThread(rules);
      if (first) await thread.push(first);
      first = null;
      await thread.push(bytes);
    },
    async finish() {
      if (thread) return thread.finish();
      const judging = judgeLines(rules);
      if (first) judging.push(first);
      return judging.end();
    },
    stop: () => thread?.stop(),
  };
}
