import 'server-only';
import { errorWords } from './error-body.ts';
import type { PollAnswer, ProviderFetch, ProviderReport } from './provider.ts';
import { readText } from './read-text.ts';
import { retryAfterMs } from './retry-after.ts';
import { safeId } from './safe-id.ts';
import { send, unreachedWords, wordsOf } from './send.ts';
import { silentReport } from './silent-report.ts';

type Ask = {
  id: string;
  path: string;
  headers?: Record<string, string>;
  /** Whether a status alone comes from there, so that a long answer is none. */
  small?: boolean;
  read: (response: Response) => Promise<PollAnswer>;
};

/** Asks once where a batch stands. */
export async function pollBatch(
  fetch: ProviderFetch,
  { id, path, headers, small, read }: Ask,
): Promise<PollAnswer> {
  if (safeId(id) === null) return trouble(strangeId);
  const sent = await send(fetch, path, { method: 'GET', headers, small });
  if ('unreached' in sent) return trouble(sent.unreached.message);
  const { response } = sent;
  if (response.ok) return read(response).catch((error) => trouble(unreachedWords(error)));
  const { message } = await wordsOf(response);
  if (response.status === 404 || response.status === 410) return { kind: 'not_found' };
  if (response.status === 401 || response.status === 403) return { kind: 'credential_rejected', message };
  return trouble(message, retryAfterMs(response.headers));
}

/** Whatever is not a yes, a batch that is over most of all, is left to the next look. */
export async function cancelBatch(
  fetch: ProviderFetch,
  { id, path, headers, read }: Ask,
): Promise<PollAnswer> {
  if (safeId(id) === null) return trouble(strangeId);
  const sent = await send(fetch, `${path}/cancel`, { method: 'POST', headers });
  if ('unreached' in sent) return trouble(sent.unreached.message);
  const { response } = sent;
  if (!response.ok) return trouble((await wordsOf(response)).message, retryAfterMs(response.headers));
  const answer = await read(response).catch((error) => trouble(unreachedWords(error)));
  if (answer.kind === 'report' && !isMereYes(answer.report)) return answer;
  if (answer.kind === 'results') for await (const _ of answer.lines) break;
  return { kind: 'report', report: { ...silentReport, state: 'cancelling', providerBatchId: id } };
}

/** Some gateways answer a cancel with `status: "success"`: that is the call's, not the batch's. */
function isMereYes({ rawStatus }: ProviderReport): boolean {
  return /^(success|ok|)$/i.test(rawStatus);
}

/** Reads a body that is a batch object; anything else is trouble in its own words. */
export function readReport(reportFrom: (body: string) => ProviderReport | null): Ask['read'] {
  return async (response) => {
    const body = await readText(response, 4 * 1024 * 1024);
    const report = reportFrom(body);
    if (report) return { kind: 'report', report, retryAfterMs: retryAfterMs(response.headers) };
    return trouble(
      body.trim() === '' ? 'The provider gave an empty answer.' : errorWords(response.status, body).message,
    );
  };
}

export function trouble(message: string, retryAfterMs: number | null = null): PollAnswer {
  return { kind: 'trouble', message, retryAfterMs };
}

const strangeId = 'The id of this batch at the provider is not one we can ask for.';
