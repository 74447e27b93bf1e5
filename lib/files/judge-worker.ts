import 'server-only';
import { parentPort } from 'node:worker_threads';
import type { LineRules } from '#lib/jsonl/line-rules';
import type { Summary } from '#lib/jsonl/validate';
import { judgeLines } from './judge-lines.ts';

export type ToJudge = { rules: LineRules } | { bytes: Uint8Array<ArrayBuffer> } | { end: true };
/** Each block goes back to be filled again, so that no more than a few are under way. */
export type FromJudge = Summary | ArrayBuffer;

let judging: ReturnType<typeof judgeLines> | null = null;
const say = (message: FromJudge, given: ArrayBuffer[] = []) => parentPort?.postMessage(message, given);

/** One file after the other. */
parentPort?.on('message', (order: ToJudge) => {
  if ('rules' in order) judging = judgeLines(order.rules);
  else if (!judging) throw new Error('There is no file to judge.');
  else if ('bytes' in order) {
    judging.push(order.bytes);
    say(order.bytes.buffer, [order.bytes.buffer]);
  } else {
    say(judging.end());
    judging = null;
  }
});
