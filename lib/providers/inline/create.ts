import 'server-only';
import type { Capabilities } from '#lib/model/capabilities';
import { errorWords } from '#lib/providers/error-body';
import type { CreateAnswer, CreateInput, ProviderFetch } from '#lib/providers/provider';
import { readText } from '#lib/providers/read-text';
import { retryAfterMs } from '#lib/providers/retry-after';
import { send, unreachedWords, wordsOf } from './client.ts';
import { reportFrom } from './mapper.ts';

/** One POST, never repeated. Whatever leaves open whether it was accepted is `lost`. */
export async function create(
  fetch: ProviderFetch,
  input: CreateInput,
  { findsBy, countsAre }: Pick<Capabilities, 'findsBy' | 'countsAre'>,
): Promise<CreateAnswer> {
  const document = splice(input.lines(), findsBy === 'nonce' ? input.nonce : null);
  const headers = { 'content-type': 'application/json' };
  const sent = await send(fetch, '/batches', { method: 'POST', headers, body: document.bytes });
  if ('unreached' in sent) {
    const never = !sent.unreached.sent || document.brokeOff();
    return { kind: never ? 'not_sent' : 'lost', message: sent.unreached.message };
  }
  return answered(sent.response, countsAre);
}

/** The exact bytes of every line between commas. While the last bracket has not left, nothing can have been accepted. */
function splice(lines: AsyncIterable<Uint8Array>, nonce: string | null) {
  let broke = false;
  async function* bytes(): AsyncIterable<Uint8Array> {
    const metadata = nonce === null ? '' : `"metadata":${JSON.stringify({ batchdeck_intent: nonce })},`;
    yield Buffer.from(`{${metadata}"requests":[`);
    let first = true;
    try {
      for await (const line of lines) {
        if (!first) yield comma;
        first = false;
        yield line;
      }
    } catch (error) {
      broke = true;
      throw error;
    }
    yield Buffer.from(']}');
  }
  return { bytes: bytes(), brokeOff: () => broke };
}

const comma = Buffer.from(',');

async function answered(response: Response, countsAre: Capabilities['countsAre']): Promise<CreateAnswer> {
  const httpStatus = response.status;
  if (response.ok) return accepted(response, countsAre);
  const retryAfter = retryAfterMs(response.headers);
  const { code, message } = await wordsOf(response);
  if (httpStatus === 401 || httpStatus === 403) return { kind: 'credential_rejected', message, httpStatus };
  if (httpStatus === 429 || httpStatus === 425 || (httpStatus === 503 && retryAfter !== null)) {
    return { kind: 'wait', retryAfterMs: retryAfter, message };
  }
  const refused =
    (httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408) || httpStatus === 307 || httpStatus === 308;
  return refused ? { kind: 'refused', code, message, httpStatus } : { kind: 'lost', message };
}

async function accepted(response: Response, countsAre: Capabilities['countsAre']): Promise<CreateAnswer> {
  let body: string;
  try {
    body = await readText(response, 1024 * 1024);
  } catch (error) {
    return { kind: 'lost', message: unreachedWords(error) };
  }
  const report = reportFrom(body, countsAre);
  const providerBatchId = report?.providerBatchId;
  if (report && providerBatchId) return { kind: 'accepted', report: { ...report, providerBatchId } };
  const words = errorWords(response.status, body).message;
  return { kind: 'lost', message: `The answer to our create call named no batch. ${words}` };
}
