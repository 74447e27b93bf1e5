import { parseExact } from '#lib/jsonl/exact-json';
import { blockText } from '#lib/model/block';
import { answerOf } from '#lib/model/conversation';
import { curlCode } from '#lib/model/request-curl';
import type { Members } from '#lib/model/request-form/json';
import { codeJob, type SendTarget } from '#lib/model/request-job';

/** Only what was answered: not what was thought. */
export function asWords(response: string): string {
  return answerOf(JSON.parse(response)).blocks.map(blockText).filter(Boolean).join('\n\n');
}

/** Runs as it is printed, in a shell that knows the key. */
export function asCurl(request: string, target: SendTarget, sandbox: string): string {
  return curlCode(codeJob(target, [parseExact(request) as Members], sandbox));
}
