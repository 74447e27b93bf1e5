import 'server-only';
import type { Kysely } from 'kysely';
import type { Context } from '#lib/context';
import { overPhases } from '#lib/model/phase';
import { isQueueFull } from '#lib/model/queue-limit';
import type { ProviderReport } from '#lib/providers/provider';
import { latestIntent } from '#lib/store/batches';
import type { Schema } from '#lib/store/schema';
import { countedIn } from './counted-in.ts';
import { type PartJob, takeStep } from './part-job.ts';
import { inLine } from './wait-in-line.ts';

/** So often a batch that is alone with its provider is sent again before it counts as too large for its queue. */
const mostTriesAlone = 3;

/**
 * Accepted, and then failed as a whole because the provider's queue had no room: not one line was worked on, so that
 * sending it again pays nothing twice. It waits in line like one that was turned away at the door.
 */
export async function wentBackInLine(ctx: Context, job: PartJob, report: ProviderReport): Promise<boolean> {
  const { part } = job;
  const full = report.errors.find((error) => isQueueFull(error));
  const untouched = report.state === 'failed' && report.resultRefs.length === 0 && countedIn(report) === 0;
  if (!full || !untouched || part.cancel_asked_at !== null) return false;
  if (!(await hasCompany(ctx.db, job)) && (await tries(ctx.db, job)) >= mostTriesAlone) return false;
  const { message } = full;
  const step = inLine(ctx, job, { message, retryAfterMs: null });
  const intent = await latestIntent(ctx.db, part.id);
  await takeStep(ctx, job, {
    ...step,
    part: { ...step.part, ...unsent, raw_status: report.rawStatus, checked_at: ctx.clock() },
    ...(intent ? { intent: { id: intent.id, change: { state: 'refused' } } } : {}),
    event: { verb: 'batch.waits_in_line', data: { message, providerBatchId: part.provider_batch_id } },
  });
  return true;
}

const unsent = {
  provider_batch_id: null,
  input_file_id: null,
  fetched: null,
  expires_at: null,
  results_until: null,
};

async function hasCompany(db: Kysely<Schema>, { part, batch }: PartJob): Promise<boolean> {
  const other = await db
    .selectFrom('parts')
    .innerJoin('batches', 'batches.id', 'parts.batch_id')
    .select('parts.id')
    .where('batches.connection_id', '=', batch.connection_id)
    .where('parts.provider_batch_id', 'is not', null)
    .where('parts.phase', 'not in', [...overPhases, 'collecting'])
    .where('parts.id', '!=', part.id)
    .executeTakeFirst();
  return other !== undefined;
}

async function tries(db: Kysely<Schema>, { part }: PartJob): Promise<number> {
  const { n } = await db
    .selectFrom('intents')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('part_id', '=', part.id)
    .where('state', '=', 'refused')
    .where('provider_batch_id', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(n);
}
