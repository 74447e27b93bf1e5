import 'server-only';
import type { Env } from '#lib/env';
import { absoluteLimitMs } from './session.ts';

/** Browsers keep a `__Host-` cookie on https and on loopback; on another http origin they would drop it in silence. */
function isGuarded(env: Env): boolean {
  return env.loopback || env.appOrigin.startsWith('https:');
}

export function cookieName(env: Env): string {
  return isGuarded(env) ? '__Host-batchdeck' : 'batchdeck';
}

export function cookieWarning(env: Env): string | null {
  if (isGuarded(env)) return null;
  return `${env.appOrigin} is not encrypted: passwords and sessions can be read on the way. Serve it over https.`;
}

export function sessionCookie(env: Env, token: string): string {
  return `${cookieName(env)}=${token}; Path=/; Max-Age=${absoluteLimitMs / 1000}; ${attributes(env)}`;
}

export function endedCookie(env: Env): string {
  return `${cookieName(env)}=; Path=/; Max-Age=0; ${attributes(env)}`;
}

export function sessionTokenIn(headers: Headers, env: Env): string | null {
  const name = `${cookieName(env)}=`;
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(name))?.slice(name.length) ?? null;
}

function attributes(env: Env): string {
  return `HttpOnly; SameSite=Lax${isGuarded(env) ? '; Secure' : ''}`;
}
