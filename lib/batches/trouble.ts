import 'server-only';
import type { Context } from '#lib/context';
import type { PartJob, Step } from './part-job.ts';
import { heeding, nextWait, scattered } from './waits.ts';

/** So many calls in a row must go wrong before a person is told. */
export const troubleLimit = 5;
export const notFound = 'not found';

/** No usable answer just now: nothing changes but that it is asked again, at longer intervals. */
export function trouble(ctx: Context, { part }: PartJob, message: string, retryAfterMs: number | null): Step {
  const afterNotFound = part.raw_status === notFound;
  const failures = afterNotFound ? 1 : part.failures + 1;
  const wait = nextWait(ctx, part.wait_ms);
  return {
    part: {
      failures,
      wait_ms: wait,
      raw_answer: message,
      ...(afterNotFound ? { raw_status: null } : {}),
      attention: failures >= troubleLimit ? 'unreachable' : part.attention,
    },
    ...(failures === troubleLimit ? { event: { verb: 'batch.unreachable', data: { message } } } : {}),
    inMs: heeding(scattered(ctx, wait), retryAfterMs),
  };
}
