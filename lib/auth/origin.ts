import 'server-only';
import type { Env } from '#lib/env';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** `request.url` and forwarded names are hearsay: an origin fits APP_URL or, while that is unset, a loopback name at our port. */
export function originFits(origin: string | null, env: Env): boolean {
  if (origin === null || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (url.origin !== origin) return false;
  if (env.APP_URL) return origin === env.appOrigin;
  return url.protocol === 'http:' && loopbackNames.has(url.hostname) && Number(url.port || 80) === env.PORT;
}
