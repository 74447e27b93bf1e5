import 'server-only';
import type { Context } from '#lib/context';
import { type PartJob, type Step, takeStep } from './part-job.ts';
import { heeding } from './waits.ts';

/** The provider's queue has no room: the part waits for the end of another, and asks again now and then. */
export function inLine(
  ctx: Context,
  { part }: PartJob,
  { message, retryAfterMs }: { message: string; retryAfterMs: number | null },
): Step {
  return {
    part: { phase: 'queued', hold: 'queue', attention: 'held', failures: 0, wait_ms: 0, raw_answer: message },
    ...(part.hold === 'queue' ? {} : { event: { verb: 'batch.waits_in_line', data: { message } } }),
    inMs: heeding(ctx.env.BATCHDECK_POLL_SECONDS.ceilingMs, retryAfterMs),
  };
}

/** Providers count by model: of those that wait for the same ones the eldest alone asks. */
export async function waitsInLine(ctx: Context, job: PartJob): Promise<boolean> {
  const { part, batch } = job;
  if (part.hold !== 'queue') return false;
  const elder = await ctx.db
    .selectFrom('parts')
    .innerJoin('batches', 'batches.id', 'parts.batch_id')
    .select('parts.id')
    .where('parts.hold', '=', 'queue')
    .where('parts.phase', '=', 'queued')
    .where('parts.cancel_asked_at', 'is', null)
    .where('batches.connection_id', '=', batch.connection_id)
    .where('batches.models', '=', batch.models)
    .where((eb) =>
      eb.or([
        eb('parts.batch_id', '<', part.batch_id),
        eb.and([eb('parts.batch_id', '=', part.batch_id), eb('parts.n', '<', part.n)]),
      ]),
    )
    .executeTakeFirst();
  if (!elder) return false;
  await takeStep(ctx, job, {
    part: { hold: 'queue', attention: 'held' },
    inMs: ctx.env.BATCHDECK_POLL_SECONDS.ceilingMs,
  });
  return true;
}
