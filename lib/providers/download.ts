import 'server-only';
import { clean } from './clean.ts';
import { errorWords } from './error-body.ts';
import { type ProviderFetch, ProviderTrouble } from './provider.ts';
import { readAhead } from './read-ahead.ts';
import { retryAfterMs } from './retry-after.ts';
import { scanFirstObject } from './scan-object.ts';
import { send, unreachedWords, wordsOf } from './send.ts';

const mostToPeek = 4 * 1024 * 1024;
const lineKeys = ['custom_id', 'response', 'result'];
const errorKeys = ['error', 'errors', 'detail', 'message'];

/** A file of results, or `ProviderTrouble` where there is none. An empty one is a file too. */
export async function download(
  fetch: ProviderFetch,
  path: string,
  init: Omit<Parameters<ProviderFetch>[1], 'method'> = {},
): Promise<AsyncIterable<Uint8Array>> {
  const headers = { accept: '*/*', ...init.headers };
  const sent = await send(fetch, path, { ...init, method: 'GET', headers });
  if ('unreached' in sent) throw unfetched(sent.unreached.message);
  const { response } = sent;
  if (!response.ok) {
    const { message } = await wordsOf(response);
    throw unfetched(message, retryAfterMs(response.headers), response.status);
  }
  return response.body ? demandLines(response.body, response.status) : nothing();
}

/** An error or a web page under a 200 is not a file of results; a file whose first line is spoilt still is. */
async function demandLines(
  body: ReadableStream<Uint8Array>,
  status: number,
): Promise<AsyncIterable<Uint8Array>> {
  const { seen, push } = scanFirstObject();
  const has = (keys: string[]) => keys.some((key) => seen.keys.has(key));
  const enough = (chunk: Uint8Array) => {
    push(chunk);
    return seen.foreign || seen.end !== null || has(lineKeys);
  };
  const ahead = await readAhead(body, mostToPeek, enough).catch((error) => {
    throw unfetched(unreachedWords(error));
  });
  const text = new TextDecoder().decode(ahead.head.subarray(0, 16_384));
  const page = seen.foreign && /^\s*</.test(text);
  if (!page && (has(lineKeys) || !has(errorKeys))) return ahead.bytes();
  ahead.letGo();
  throw unfetched(errorWords(status, text).message);
}

function unfetched(message: string, retryAfterMs: number | null = null, httpStatus: number | null = null) {
  return new ProviderTrouble(
    clean(`The results could not be fetched. ${message}`, 500),
    retryAfterMs,
    httpStatus,
  );
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
