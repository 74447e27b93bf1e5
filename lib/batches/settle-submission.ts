import 'server-only';
import type { Kysely } from 'kysely';
import type { Context } from '#lib/context';
import { type Candidate, ProviderTrouble } from '#lib/providers/provider';
import { type IntentRow, latestIntent } from '#lib/store/batches';
import { toSameProvider } from '#lib/store/connections';
import { held } from '#lib/store/engine';
import type { Schema } from '#lib/store/schema';
import { bound } from './bound.ts';
import { type PartJob, type Step, takeStep } from './part-job.ts';
import { type Reached, reachProvider } from './reach-provider.ts';
import { refuseKey } from './refuse-key.ts';
import { submitPart } from './submit-part.ts';
import { takenIds } from './taken-ids.ts';
import { nextWait } from './waits.ts';
import { onlyMatch, type Seen, seenOf } from './which-is-ours.ts';
import { deadlines, within } from './within.ts';

const maxLooks = 10;

/** A create call whose end nobody recorded: settled by looking at the provider, never by sending again. */
export async function settleSubmission(ctx: Context, job: PartJob): Promise<void> {
  const intent = await latestIntent(ctx.db, job.part.id);
  if (!intent || intent.state === 'intent' || intent.state === 'abandoned' || intent.state === 'refused') {
    return submitPart(ctx, job);
  }
  if (intent.provider_batch_id !== null) {
    return takeStep(ctx, job, answeredLate(ctx, intent, intent.provider_batch_id));
  }
  const reached = await reachProvider(ctx, job);
  if (!reached) return;
  const { capabilities } = reached.provider;
  if (capabilities.findsBy === null) return takeStep(ctx, job, askAPerson(ctx, job, intent, null));
  const found = await look(ctx, job, reached, intent);
  if (found instanceof ProviderTrouble) {
    if (found.httpStatus === 401) return refuseKey(ctx, job, found.message);
    return takeStep(ctx, job, unread(nextLook(ctx, job, intent, seenBefore(intent)), job, found));
  }
  await reached.answered();
  await takeStep(ctx, job, async (trx) => {
    await held(trx, toSameProvider(trx, job.connection.id)).execute();
    const free = await notTaken(trx, job, found);
    const match = onlyMatch(free, seenBefore(intent), await hasRivals(trx, job));
    if (match) return bound(ctx, intent.id, capabilities, match.report);
    const step = nextLook(ctx, job, intent, seenOf(free));
    return { ...step, part: { ...step.part, failures: 0 } };
  });
}

/** The one who made the call heard its answer after all. */
function answeredLate(ctx: Context, intent: IntentRow, providerBatchId: string): Step {
  const now = ctx.clock();
  return {
    part: {
      phase: 'pending',
      provider_batch_id: providerBatchId,
      attention: null,
      failures: 0,
      wait_ms: 0,
      moved_at: now,
    },
    batch: { submitted_at: now },
    intent: { id: intent.id, change: { state: 'bound', settled_at: now } },
    event: { verb: 'batch.accepted', data: { providerBatchId } },
    inMs: 0,
  };
}

async function look(
  ctx: Context,
  { part }: PartJob,
  { provider, fetch }: Reached,
  intent: IntentRow,
): Promise<Candidate[] | ProviderTrouble> {
  const { nonce, input_file_id: inputFileId, sent_at, created_at } = intent;
  // The adapters compare the provider's clock with this process's own, not with the database's.
  const sentAt = Date.now() - (ctx.clock() - (sent_at ?? created_at));
  const requests = part.last_ordinal - part.first_ordinal + 1;
  try {
    return await within(deadlines.listMs, fetch, ({ fetch: bounded }) =>
      provider.find(bounded, { nonce, inputFileId, sentAt, requests }),
    );
  } catch (error) {
    if (error instanceof ProviderTrouble) return error;
    throw error;
  }
}

/** What belongs to another part of ours is not this one. */
async function notTaken(
  db: Kysely<Schema>,
  { part, batch }: PartJob,
  found: Candidate[],
): Promise<Candidate[]> {
  const ids = found.map(({ report }) => report.providerBatchId);
  const taken = await takenIds(db, batch.connection_id, ids, part.id);
  return found.filter(({ report }) => !taken.has(report.providerBatchId));
}

/** Whether another lost call of the same size could be the one that is seen. */
async function hasRivals(db: Kysely<Schema>, { part, batch }: PartJob): Promise<boolean> {
  const rival = await db
    .selectFrom('parts')
    .innerJoin('batches', 'batches.id', 'parts.batch_id')
    .innerJoin('intents', 'intents.part_id', 'parts.id')
    .select('parts.id')
    .where('parts.phase', '=', 'submitting')
    .where('intents.state', 'in', ['sent', 'lost'])
    .where('batches.connection_id', 'in', toSameProvider(db, batch.connection_id))
    .where('parts.id', '!=', part.id)
    .where(
      (eb) => eb('parts.last_ordinal', '-', eb.ref('parts.first_ordinal')),
      '=',
      part.last_ordinal - part.first_ordinal,
    )
    .executeTakeFirst();
  return rival !== undefined;
}

function nextLook(ctx: Context, job: PartJob, intent: IntentRow, seen: Seen[]): Step {
  const looks = intent.looks + 1;
  const ambiguous = seen.filter(({ sure }) => sure).length > 1;
  if (looks >= maxLooks || ambiguous) return askAPerson(ctx, job, intent, seen);
  const wait = nextWait(ctx, job.part.wait_ms);
  return {
    part: { wait_ms: wait },
    intent: { id: intent.id, change: { ...lost(ctx, intent), looks, candidates: JSON.stringify(seen) } },
    inMs: wait,
  };
}

/** Looking goes on at a slow pace: what turns up late settles it still. `null` where the provider lists nothing. */
function askAPerson(ctx: Context, job: PartJob, intent: IntentRow, seen: Seen[] | null): Step {
  const asked = job.part.attention === 'needs_decision';
  const candidates = seen === null ? null : JSON.stringify(seen);
  return {
    part: { attention: 'needs_decision' },
    intent: { id: intent.id, change: { ...lost(ctx, intent), looks: intent.looks + 1, candidates } },
    ...(asked
      ? {}
      : {
          event: {
            verb: 'batch.needs_decision',
            data: { sentAt: intent.sent_at, candidates: seen?.length ?? null },
          },
        }),
    inMs: ctx.env.BATCHDECK_POLL_SECONDS.ceilingMs,
  };
}

/** What it lists could not be read: that says nothing about what stands in it. */
function unread(step: Step, { part }: PartJob, { message }: ProviderTrouble): Step {
  return { ...step, part: { ...step.part, failures: part.failures + 1, raw_answer: message } };
}

/** Who made the call says itself that it was lost; if not, its holder is gone, and this is when that was found out. */
function lost(ctx: Context, { state }: IntentRow) {
  return { state: 'lost' as const, ...(state === 'sent' ? { settled_at: ctx.clock() } : {}) };
}

function seenBefore({ candidates }: IntentRow): Seen[] {
  return candidates === null ? [] : (JSON.parse(candidates) as Seen[]);
}
