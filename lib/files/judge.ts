import 'server-only';
import { anyTarget, type LineRules } from '#lib/jsonl/line-rules';
import type { Summary } from '#lib/jsonl/validate';
import { judgeLines } from './judge-lines.ts';
import { type JudgeThread, takeThread } from './judge-thread.ts';

/** Judges the bytes of one file as they come. Who does not `finish` it must `stop` it. */
export type Judge = {
  /** The bytes belong to the judge from now on: their buffer may travel to a thread. */
  push(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  finish(): Promise<Summary>;
  stop(): void;
};

/** A file of one block is judged at once; a larger one in a thread, where a hostile line holds nobody up. */
export function createJudge(rules: LineRules = anyTarget): Judge {
  let first: Uint8Array<ArrayBuffer> | null = null;
  let thread: JudgeThread | null = null;
  return {
    async push(bytes) {
      if (!first && !thread) {
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
