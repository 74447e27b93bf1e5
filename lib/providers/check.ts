import 'server-only';
import { asList, asObject } from '#lib/model/unknown';
import { errorWords } from './error-body.ts';
import type { CheckAnswer, ProviderFetch } from './provider.ts';
import { readText } from './read-text.ts';

/** The list of batches where there is one, else the id of a batch that cannot exist. */
export type Look = ({ list: string } | { nobody: string }) & { headers?: Record<string, string> };

const most = 1024 * 1024;

/** Asks once and judges who answers: the provider, a provider that wants another key, or somebody else. */
export async function checkBy(fetch: ProviderFetch, look: Look): Promise<CheckAnswer> {
  const path = 'list' in look ? look.list : look.nobody;
  const headers = { accept: 'application/json', ...look.headers };
  const response = await fetch(path, { method: 'GET', headers, small: true });
  const { status } = response;
  const body = await readText(response, most);
  const words = wordsIn(status, body);
  const said = words === null ? '' : ` It said: ${words}`;
  if (status === 401 || status === 403) {
    return { kind: 'credential_rejected', message: `The provider refused the key (${status}).${said}` };
  }
  if (status === 402) {
    return {
      kind: 'credential_rejected',
      message: `The key is known, but the account must pay first.${said}`,
    };
  }
  if (status === 408 || status === 429 || status >= 500) {
    return { kind: 'trouble', message: `The provider cannot answer just now (${status}).${said}` };
  }
  if (isPage(body)) return stranger('A web page is at this address, not a batch API. Look at the base URL.');
  if (response.ok) {
    if ('list' in look && isList(body)) return { kind: 'ready' };
    return stranger('Something answers at this address, but not with what a batch API would say.');
  }
  if ('nobody' in look && words !== null && status !== 405 && !isMissingRoute(words))
    return { kind: 'ready' };
  if (words !== null && (status === 400 || status === 422)) {
    return stranger(`The provider did not take a plain look at its batches (${status}).${said}`);
  }
  return stranger(`There is no batch API at this address (${status}). Look at the base URL.${said}`);
}

function stranger(message: string): CheckAnswer {
  return { kind: 'not_batch_api', message };
}

/** Only what has the shape of an API's error is repeated; a page or a banner of some other service is not. */
function wordsIn(status: number, body: string): string | null {
  if (parsed(body) === undefined) return null;
  const { message } = errorWords(status, body);
  return message === errorWords(status, '').message ? null : message;
}

/** What frameworks and OpenAI itself say when not the batch but the address is unknown. */
function isMissingRoute(words: string): boolean {
  return /^not found\.?$|^invalid url\b|^unknown request url\b|^cannot get \/|\broute\b|\bno such endpoint\b/i.test(
    words,
  );
}

function isPage(body: string): boolean {
  return /^\s*</.test(body);
}

/** A list longer than we read is told by its beginning. */
function isList(body: string): boolean {
  const value = parsed(body);
  if (value === undefined)
    return body.length >= most && /^\s*(\[\s*\{|\{[^[]{0,500}"data"\s*:\s*\[)/.test(body);
  const list = asList(value) ?? asList(asObject(value)?.data);
  return list?.every((item) => asObject(item) !== null) ?? isEmptyList(value);
}

/** Some leave `data` out, or null, where nothing is listed yet. */
function isEmptyList(value: unknown): boolean {
  const object = asObject(value);
  return object !== null && (object.object === 'list' || object.data === null) && !asList(object.data);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
