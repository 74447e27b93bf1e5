import 'server-only';
import type { Context } from '#lib/context';

const maxRetryAfterMs = 15 * 60_000;

/** The next wait after `previous`: half as long again, between the floor and the ceiling. */
export function nextWait(ctx: Context, previous: number): number {
  const { floorMs, ceilingMs } = ctx.env.BATCHDECK_POLL_SECONDS;
  return Math.round(Math.min(ceilingMs, Math.max(floorMs, previous * 1.5)));
}

/** After a call that went wrong: anywhere between the floor and `waitMs`, so that those who failed together part. */
export function scattered(ctx: Context, waitMs: number): number {
  const { floorMs } = ctx.env.BATCHDECK_POLL_SECONDS;
  return Math.round(floorMs + Math.random() * Math.max(0, waitMs - floorMs));
}

/** Spread out, and never sooner than asked: a provider may have named the moment. */
export function jittered(waitMs: number): number {
  return Math.round(waitMs * (1 + Math.random() * 0.2));
}

/** A provider's wish may lengthen a wait, never shorten it, and not beyond a quarter of an hour. */
export function heeding(waitMs: number, retryAfterMs: number | null): number {
  return Math.max(waitMs, Math.min(maxRetryAfterMs, retryAfterMs ?? 0));
}
