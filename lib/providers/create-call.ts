import 'server-only';
import { errorWords } from './error-body.ts';
import type { CreateAnswer, ProviderFetch, ProviderReport } from './provider.ts';
import { readText } from './read-text.ts';
import { retryAfterMs } from './retry-after.ts';
import { send, unreachedWords, wordsOf } from './send.ts';

type Call = {
  path: string;
  headers?: Record<string, string>;
  body: AsyncIterable<Uint8Array> | string;
  /** Whether the body broke off before its end, so that nothing can have been accepted. */
  brokeOff?: () => boolean;
  reportFrom: (body: string) => ProviderReport | null;
  unavailableIsUnsent: boolean;
};

/** One POST, never repeated. Whatever leaves open whether it was accepted is `lost`. */
export async function createCall(fetch: ProviderFetch, call: Call): Promise<CreateAnswer> {
  const headers = { 'content-type': 'application/json', ...call.headers };
  const sent = await send(fetch, call.path, { method: 'POST', headers, body: call.body });
  if ('unreached' in sent) {
    const never = !sent.unreached.sent || call.brokeOff?.();
    return { kind: never ? 'not_sent' : 'lost', message: sent.unreached.message };
  }
  return sent.response.ok ? accepted(sent.response, call) : declined(sent.response, call);
}

async function accepted(response: Response, { reportFrom }: Call): Promise<CreateAnswer> {
  let body: string;
  try {
    body = await readText(response, 1024 * 1024);
  } catch (error) {
    return { kind: 'lost', message: unreachedWords(error) };
  }
  const report = reportFrom(body);
  const providerBatchId = report?.providerBatchId;
  if (report && providerBatchId) return { kind: 'accepted', report: { ...report, providerBatchId } };
  const words = errorWords(response.status, body).message;
  return { kind: 'lost', message: `The answer to our create call named no batch. ${words}` };
}

async function declined(response: Response, { unavailableIsUnsent }: Call): Promise<CreateAnswer> {
  const httpStatus = response.status;
  const retryAfter = retryAfterMs(response.headers);
  const { code, message } = await wordsOf(response);
  if (httpStatus === 401 || httpStatus === 403) return { kind: 'credential_rejected', message, httpStatus };
  const unavailable = httpStatus === 503 && (retryAfter !== null || unavailableIsUnsent);
  if (httpStatus === 429 || httpStatus === 425 || unavailable) {
    return { kind: 'wait', retryAfterMs: retryAfter, message };
  }
  return isFinal(httpStatus) ? { kind: 'refused', code, message, httpStatus } : { kind: 'lost', message };
}

/** A timeout and a conflict leave it open: an earlier try of a gateway in between may have been accepted. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 409;
}
