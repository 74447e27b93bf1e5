import { ApiError } from '#lib/api-client';

const slowMs = 15_000;

/** How soon to ask again. A refusal will be the same in a second: the session has ended, or the thing is gone. */
export function paceOf(error: Error | null, ms: number): number {
  const refused = error instanceof ApiError && error.status >= 400 && error.status < 500;
  return refused ? Math.max(ms, slowMs) : ms;
}
