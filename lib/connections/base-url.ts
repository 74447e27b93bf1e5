import 'server-only';
import type { Env } from '#lib/env';
import { Refusal } from '#lib/errors';

/** What can be said about an address before anybody is asked; outbound judges every connection again. */
export function checkedBaseUrl(env: Env, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.hostname === '') {
    throw wrong('The base URL must look like https://gateway.example.com/v1.');
  }
  if (url.username !== '' || url.password !== '')
    throw wrong('Put the key in its own field, not into the base URL.');
  if (url.search !== '' || url.hash !== '') throw wrong('The base URL ends with its path, without ? or #.');
  if (url.protocol === 'http:' && env.BATCHDECK_ALLOW_PRIVATE === '') {
    throw wrong(
      'The base URL must be https. Plain http is possible only for addresses in BATCHDECK_ALLOW_PRIVATE.',
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function wrong(message: string): Refusal {
  return new Refusal('invalid', message, { field: 'baseUrl' });
}
