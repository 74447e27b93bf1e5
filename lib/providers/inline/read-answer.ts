import 'server-only';
import { splitRequests } from '#lib/jsonl/split-array';
import type { CountsAre } from '#lib/model/batch';
import { jsonText } from '#lib/model/unknown';
import { trouble } from '#lib/providers/ask-batch';
import { errorWords } from '#lib/providers/error-body';
import { type PollAnswer, type ProviderReport, ProviderTrouble } from '#lib/providers/provider';
import { retryAfterMs } from '#lib/providers/retry-after';
import { isTerminal } from '#lib/providers/state-words';
import { type BodyKind, kindOf } from './body-kind.ts';
import { reportFrom } from './mapper.ts';

/** What the address of a batch says: where it stands, or its results. */
export async function readAnswer(response: Response, countsAre: CountsAre): Promise<PollAnswer> {
  const body = await kindOf(response);
  if (body.kind === 'lines') return { kind: 'results', lines: body.bytes, report: null };
  if (body.kind === 'inline') return inlineAnswer(body, countsAre);
  const report = body.kind === 'status' ? reportFrom(body.text, countsAre) : null;
  if (report) return { kind: 'report', report, retryAfterMs: retryAfterMs(response.headers) };
  return trouble(
    body.text.trim() === ''
      ? 'The provider gave an empty answer.'
      : errorWords(response.status, body.text).message,
  );
}

/** Siraya keeps the results inside the status object. What is partial is left until the batch is over, and nothing is no result. */
async function inlineAnswer(
  body: Extract<BodyKind, { kind: 'inline' }>,
  countsAre: CountsAre,
): Promise<PollAnswer> {
  const report = reportFrom(body.around, countsAre);
  if (report && ((report.state !== 'unknown' && !isTerminal(report.state)) || body.isEmpty)) {
    await letGo(body.bytes);
    return { kind: 'report', report };
  }
  const known = report && isTerminal(report.state) ? { ...report, resultsExpected: false } : null;
  return { kind: 'results', lines: inlineLines(body.bytes, known, countsAre), report: known };
}

/** Line breaks inside an element are legal only between tokens, so a space in their place changes nothing. */
async function* inlineLines(
  bytes: AsyncIterable<Uint8Array>,
  known: ProviderReport | null,
  countsAre: CountsAre,
): AsyncIterable<Uint8Array> {
  const elements = splitRequests(bytes, { member: 'results' });
  for await (const element of elements) {
    for (let i = 0; i < element.length; i++) if (element[i] === 10 || element[i] === 13) element[i] = 32;
    yield element;
    yield lineEnd;
  }
  const report = known ?? reportFrom(jsonText(Object.fromEntries(elements.members)), countsAre);
  if (!report || !isTerminal(report.state)) {
    throw new ProviderTrouble('The results came before the end of the batch.');
  }
}

const lineEnd = Buffer.from('\n');

async function letGo(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of bytes) break;
}
