import 'server-only';
import type { Context } from '#lib/context';
import { latestIntent } from '#lib/store/batches';
import type { PartJob, Step } from './part-job.ts';
import { endWithoutProvider } from './results-broke-off.ts';
import { notFound, troubleLimit } from './trouble.ts';
import { nextWait } from './waits.ts';

const youngMs = 120_000;

/** Providers forget a fresh batch for moments; only five 404s in a row after its first two minutes mean that it is gone. */
export async function gone(ctx: Context, job: PartJob): Promise<Step> {
  const { part } = job;
  const young = ctx.clock() - (await createdAt(ctx, job)) < youngMs;
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

/** A part may be sent long after the first of its batch. */
async function createdAt({ db, clock }: Context, { part, batch }: PartJob): Promise<number> {
  const intent = await latestIntent(db, part.id);
  return intent?.settled_at ?? batch.submitted_at ?? clock();
}
