import 'server-only';
import type { Env } from '#lib/env';
import { Refusal } from '#lib/errors';
import type { Dialect } from '#lib/model/connection';
import { parseAllowList } from '#lib/outbound/allow-list';
import { objectionTo } from '#lib/outbound/check-target';

/** What can be said about an address before anybody is asked; outbound judges every connection again. */
export function checkedBaseUrl(env: Env, dialect: Dialect, text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    throw wrong('The base URL must look like https://gateway.example.com/v1.');
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    throw wrong('Put the key in its own field, not into the base URL.');
  if (/[?#]/.test(text)) throw wrong('The base URL ends with its path, without ? or #.');
  const objection = objectionTo(text, parseAllowList(env.BATCHDECK_ALLOW_PRIVATE));
  if (objection) throw wrong(objection);
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  if (dialect !== 'anthropic' && !base.endsWith('/v1')) {
    throw wrong(`The base URL must end in /v1, like ${url.origin}/v1.`);
  }
  return base;
}

function wrong(message: string): Refusal {
  return new Refusal('invalid', message, { field: 'baseUrl' });
}
