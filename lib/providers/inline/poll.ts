import 'server-only';
import { splitRequests } from '#lib/jsonl/split-array';
import type { CountsAre } from '#lib/model/batch';
import { jsonText } from '#lib/model/unknown';
import { errorWords } from '#lib/providers/error-body';
import {
  type PollAnswer,
  type ProviderFetch,
  type ProviderReport,
  ProviderTrouble,
} from '#lib/providers/provider';
import { retryAfterMs } from '#lib/providers/retry-after';
import { type BodyKind, kindOf } from './body-kind.ts';
import { send, unreachedWords, wordsOf } from './client.ts';
import { reportFrom, safeId } from './mapper.ts';
import { isTerminal } from './words.ts';

export async function poll(fetch: ProviderFetch, id: string, countsAre: CountsAre): Promise<PollAnswer> {
  return ask(fetch, 'GET', id, '', (response) => read(response, countsAre));
}

/** A batch that is already over cannot be cancelled; the next poll tells what became of it. */
export async function cancel(fetch: ProviderFetch, id: string, countsAre: CountsAre): Promise<PollAnswer> {
  return ask(fetch, 'POST', id, '/cancel', async (response) => {
    const answer = await read(response, countsAre);
    if (answer.kind === 'report') return answer;
    if (answer.kind === 'results') await letGo(answer.lines);
    return { kind: 'report', report: { ...silent, state: 'cancelling', providerBatchId: id } };
  });
}

const silent: ProviderReport = {
  providerBatchId: null,
  state: 'unknown',
  rawStatus: '',
  counts: null,
  progress: null,
  expiresAt: null,
  errors: [],
  resultRefs: [],
  createdAt: null,
  inputFileId: null,
  costNano: null,
  raw: '',
};

async function ask(
  fetch: ProviderFetch,
  method: 'GET' | 'POST',
  id: string,
  tail: '' | '/cancel',
  onAnswer: (response: Response) => Promise<PollAnswer>,
): Promise<PollAnswer> {
  if (safeId(id) === null) return trouble('The id of this batch at the provider is not one we can ask for.');
  const sent = await send(fetch, `/batches/${encodeURIComponent(id)}${tail}`, { method });
  if ('unreached' in sent) return trouble(sent.unreached.message);
  const { response } = sent;
  if (response.ok) return onAnswer(response).catch((error) => trouble(unreachedWords(error)));
  const { message } = await wordsOf(response);
  if (response.status === 404) return { kind: 'not_found' };
  if (response.status === 401 || response.status === 403) return { kind: 'credential_rejected', message };
  return trouble(message, retryAfterMs(response.headers));
}

async function read(response: Response, countsAre: CountsAre): Promise<PollAnswer> {
  const body = await kindOf(response);
  if (body.kind === 'lines') return { kind: 'results', lines: body.bytes, report: null };
  if (body.kind === 'inline') return inlineAnswer(body, countsAre);
  const report = body.kind === 'status' ? reportFrom(body.text, countsAre) : null;
  if (report) return { kind: 'report', report: awaitingResults(report) };
  return trouble(
    body.text.trim() === ''
      ? 'The provider gave an empty answer.'
      : errorWords(response.status, body.text).message,
  );
}

/** Done, but the results have not come to this address yet: ending now would call every request missing. */
function awaitingResults(report: ProviderReport): ProviderReport {
  const early = report.state === 'completed' && report.resultRefs.length === 0;
  return early ? { ...report, state: 'finishing' } : report;
}

/** Siraya keeps the results inside the status object. What is partial is left until the batch is over. */
async function inlineAnswer(
  body: Extract<BodyKind, { kind: 'inline' }>,
  countsAre: CountsAre,
): Promise<PollAnswer> {
  const report = reportFrom(body.around, countsAre);
  if (report && report.state !== 'unknown' && !isTerminal(report.state)) {
    await letGo(body.bytes);
    return { kind: 'report', report };
  }
  const known = report && isTerminal(report.state) ? report : null;
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

function trouble(message: string, retryAfterMs: number | null = null): PollAnswer {
  return { kind: 'trouble', message, retryAfterMs };
}
