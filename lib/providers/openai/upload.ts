import 'server-only';
import { clean } from '#lib/providers/clean';
import { errorWords } from '#lib/providers/error-body';
import { parseJson } from '#lib/providers/parse-json';
import { problemsOf } from '#lib/providers/problems-of';
import type { CreateInput, ProviderFetch, UploadAnswer } from '#lib/providers/provider';
import { readText } from '#lib/providers/read-text';
import { retryAfterMs } from '#lib/providers/retry-after';
import { idInPath, safeId } from '#lib/providers/safe-id';
import { send, unreachedWords, wordsOf } from '#lib/providers/send';
import { multipart } from './multipart.ts';
import { parseFile } from './wire.ts';

/** The lines as a file of the provider's. One that is there already is only asked after; one that is gone is sent again. */
export async function upload(fetch: ProviderFetch, input: CreateInput): Promise<UploadAnswer> {
  const { inputFileId } = input;
  if (inputFileId !== null && safeId(inputFileId) !== null) {
    const sent = await send(fetch, `/files/${idInPath(inputFileId)}`, { method: 'GET', small: true });
    if (!('response' in sent) || sent.response.status !== 404) return answerOf(sent);
    await sent.response.body?.cancel();
  }
  const name = `${input.nonce.replace(/[^\w-]/g, '_')}.jsonl`;
  try {
    const { headers, body } = await multipart({ purpose: 'batch' }, { name, lines: input.lines });
    return answerOf(await send(fetch, '/files', { method: 'POST', headers, body }));
  } catch (error) {
    return { kind: 'trouble', message: unreachedWords(error), retryAfterMs: null };
  }
}

async function answerOf(sent: Awaited<ReturnType<typeof send>>): Promise<UploadAnswer> {
  if ('unreached' in sent) return { kind: 'trouble', message: sent.unreached.message, retryAfterMs: null };
  const { response } = sent;
  if (response.ok) return uploaded(response);
  const httpStatus = response.status;
  const { code, message } = await wordsOf(response);
  if (httpStatus === 401 || httpStatus === 403) return { kind: 'credential_rejected', message, httpStatus };
  const passing = httpStatus >= 500 || [408, 409, 425, 429].includes(httpStatus);
  if (passing) return { kind: 'trouble', message, retryAfterMs: retryAfterMs(response.headers) };
  return { kind: 'refused', code, message, httpStatus };
}

/** `uploaded` is as far as some servers ever get, so only what says that work is going on is waited for. */
const working = ['pending', 'queued', 'running', 'processing', 'validating', 'importing'];
const spoilt = ['error', 'failed', 'deleted', 'deleting'];

async function uploaded(response: Response): Promise<UploadAnswer> {
  const body = await readText(response, 256 * 1024).catch(() => '');
  const file = parseFile(parseJson(body));
  const fileId = file && safeId(file.id);
  if (!file || !fileId) {
    const { message } = errorWords(response.status, body);
    const words = `The answer to our upload named no file. ${message}`;
    return { kind: 'trouble', message: clean(words, 500), retryAfterMs: null };
  }
  const status = file.status.toLowerCase();
  if (working.includes(status)) {
    return { kind: 'processing', fileId, retryAfterMs: retryAfterMs(response.headers) };
  }
  if (!spoilt.includes(status)) return { kind: 'uploaded', fileId };
  const [problem] = problemsOf(file.status_details, file.error);
  const message = problem?.message ?? `The provider says “${clean(file.status, 40)}” of the file.`;
  return { kind: 'refused', code: problem?.code ?? 'file_rejected', message, httpStatus: response.status };
}
