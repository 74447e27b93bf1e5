import 'server-only';
import type { Env } from '#lib/env';
import { Refusal } from '#lib/errors';
import type { Dialect } from '#lib/model/connection';
import { presets } from '#lib/model/preset';
import { parseAllowList } from '#lib/outbound/allow-list';
import { objectionTo } from '#lib/outbound/check-target';
import type { ConnectionRow } from '#lib/store/connections';

/** What can be said about an address before anybody is asked; outbound judges every connection again. */
export function checkedBaseUrl(env: Env, dialect: Dialect, text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    throw wrong('The base URL must look like https://gateway.example.com/v1.');
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    throw wrong('Put the key in its own field, not into the base URL.');
  const [plain = '', query, ...more] = text.split('?');
  if (text.includes('#') || more.length > 0 || (query !== undefined && !isVersion(dialect, query))) {
    throw wrong('The base URL ends with its path, without ? or #.');
  }
  const objection = objectionTo(plain, parseAllowList(env.BATCHDECK_ALLOW_PRIVATE));
  if (objection) throw wrong(objection);
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  const problem = query === undefined ? pathProblem(dialect, url, base) : null;
  if (problem) throw wrong(problem);
  return query === undefined ? base : `${base}?${query}`;
}

/** Where a path of a dialect's API stands, as its adapter names it: behind `/v1`, or behind what stands in its place. */
export function addressAt(
  { dialect, base_url }: Pick<ConnectionRow, 'dialect' | 'base_url'>,
  path: string,
): string {
  const [base, query] = base_url.split('?');
  const address = `${base}${dialect === 'anthropic' ? '/v1' : ''}${path}`;
  return query === undefined ? address : `${address}${path.includes('?') ? '&' : '?'}${query}`;
}

/** Azure's addresses before its `/openai/v1` name the version behind the path. */
function isVersion(dialect: Dialect, query: string): boolean {
  return dialect === 'openai' && /^api-version=[\w.-]{1,40}$/.test(query);
}

const azure = /\.(openai|services\.ai|cognitiveservices)\.azure\.(com|us|cn)$/;

function pathProblem(dialect: Dialect, url: URL, base: string): string | null {
  if (dialect === 'anthropic') {
    return /\/v\d+$/.test(base)
      ? `The base URL stands before /v1, like ${base.replace(/\/v\d+$/, '')}.`
      : null;
  }
  if (dialect === 'openai' && azure.test(url.hostname) && !base.endsWith('/openai/v1')) {
    return `The base URL of Azure OpenAI must end in /openai/v1, like ${url.origin}/openai/v1.`;
  }
  const ending = dialect === 'openai' ? /\/v\d+(\/openai)?$/ : /\/v1$/;
  if (ending.test(base)) return null;
  const right = likely(url, base);
  return `The base URL must end in ${ending.exec(right)?.[0] ?? '/v1'}, like ${right}.`;
}

/** The address a preset knows for this host; else what was written, as far as its version or with one. */
function likely(url: URL, base: string): string {
  const known = presets.find(({ baseUrl }) => baseUrl !== null && new URL(baseUrl).origin === url.origin);
  return known?.baseUrl ?? /^.*?\/v\d+(?=\/)/.exec(base)?.[0] ?? `${base}/v1`;
}

function wrong(message: string): Refusal {
  return new Refusal('invalid', message, { field: 'baseUrl' });
}
