import 'server-only';
import type { Context } from '#lib/context';
import type { PartJob, Step } from './part-job.ts';
import { endWithoutProvider } from './results-broke-off.ts';
import { notFound, troubleLimit } from './trouble.ts';
import { nextWait } from './waits.ts';

const youngMs = 120_000;

/** Providers forget a fresh batch for moments; only five 404s in a row after its first two minutes mean that it is gone. */
export function gone(ctx: Context, job: PartJob): Step {
  const { part, sentAt } = job;
  const young = ctx.clock() - (sentAt ?? ctx.clock()) < youngMs;
  const before = part.raw_status === notFound ? part.failures : 0;
  const failures = young ? 0 : before + 1;
  const wait = nextWait(ctx, part.wait_ms);
  const ended = failures >= troubleLimit ? endWithoutProvider(ctx, job) : null;
  if (ended) return ended;
  return {
    part: {
      failures,
      wait_ms: wait,
      raw_status: notFound,
      attention: failures >= troubleLimit ? 'gone_upstream' : part.attention,
    },
    ...(failures === troubleLimit ? { event: { verb: 'batch.gone_upstream' } } : {}),
    inMs: wait,
  };
}
