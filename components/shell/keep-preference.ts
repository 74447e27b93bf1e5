import { preferenceCookies } from '#lib/model/preferences';

const year = 31_536_000;

export function keepPreference(name: keyof typeof preferenceCookies, value: string): void {
  const cookie = `${preferenceCookies[name]}=${encodeURIComponent(value)}; Path=/; Max-Age=${year}; SameSite=Lax`;
  // The Cookie Store API is missing on plain http origins, where an install may well stand.
  Object.assign(document, { cookie });
}
