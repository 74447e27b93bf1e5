import 'server-only';
import { parentPort } from 'node:worker_threads';
import type { LineRules } from '#lib/jsonl/line-rules';
import type { Summary } from '#lib/jsonl/validate';
import { judgeLines } from './judge-lines.ts';

export type ToJudge = { rules: LineRules } | { bytes: Uint8Array } | { end: true };
/** Each block is answered with null, so that no more than a few wait. */
export type FromJudge = Summary | null;

let judging: ReturnType<typeof judgeLines> | null = null;
const say = (message: FromJudge) => parentPort?.postMessage(message);

/** One file after the other. */
parentPort?.on('message', (order: ToJudge) => {
  if ('rules' in order) judging = judgeLines(order.rules);
  else if (!judging) throw new Error('There is no file to judge.');
  else if ('bytes' in order) {
    judging.push(order.bytes);
    say(null);
  } else {
    say(judging.end());
    judging = null;
  }
});
