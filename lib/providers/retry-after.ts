import 'server-only';

const longest = 15 * 60_000;

/** Seconds or a date; what is absent, past or nonsense is null, what is absurd is capped. */
export function retryAfterMs(headers: Headers, now: number = Date.now()): number | null {
  const value = headers.get('retry-after')?.trim();
  if (!value) return null;
  if (!/^(\d|[A-Za-z]{3})/.test(value)) return null;
  const wait = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(wait) && wait >= 0 ? Math.min(wait, longest) : null;
}
