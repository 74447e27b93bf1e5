import 'server-only';
import type { Kysely } from 'kysely';
import { recordEvent } from '#lib/audit/record-event';
import { demand, reachable } from '#lib/auth/permissions';
import { reachConnection } from '#lib/connections/reach-connection';
import type { Context } from '#lib/context';
import { notFound, Refusal } from '#lib/errors';
import type { Batch } from '#lib/model/batch';
import type { Decision } from '#lib/model/batch.schema';
import { waits } from '#lib/outbound/outbound';
import { batchRow, type IntentRow, latestIntent, type PartRow, partsOf } from '#lib/store/batches';
import { dbNow, held } from '#lib/store/engine';
import type { Schema } from '#lib/store/schema';
import { getBatch } from './get-batch.ts';
import { lease } from './hold-claim.ts';
import { refreshBatch } from './refresh-batch.ts';

/** A create call may still be under way for this long after it left: the lease, then the whole call. */
export const settleMs = lease.leaseMs + waits.connectMs + waits.createHeadersMs;

/** A person settles what looking could not: names the provider's batch, sends again, or gives the lines up. */
export async function decideSubmission(ctx: Context, batchId: string, decision: Decision): Promise<Batch> {
  demand(ctx, 'operate');
  const batch = reachable(ctx, await batchRow(ctx.db, ctx.workspace, batchId));
  const part = (await partsOf(ctx.db, [batchId])).find(({ id }) => id === decision.partId);
  if (!part) throw notFound('This part');
  const intent = await latestIntent(ctx.db, part.id);
  if (part.attention !== 'needs_decision' || !intent) {
    throw new Refusal('conflict', 'There is nothing to decide: Batchdeck settled this by itself.');
  }
  if ('providerBatchId' in decision) {
    const { providerBatchId } = decision;
    await confirm(ctx, batch.connection_id, providerBatchId);
    await write(ctx, part, intent, bind(ctx, providerBatchId), async (trx) => {
      await held(
        trx,
        trx.selectFrom('connections').select('id').where('id', '=', batch.connection_id),
      ).execute();
      await demandFree(trx, batch.connection_id, providerBatchId);
    });
  } else if (decision.action === 'resend') {
    mayResend(ctx, intent);
    await write(ctx, part, intent, resend);
  } else {
    await write(ctx, part, intent, giveUp);
  }
  ctx.wake();
  return getBatch(ctx, batchId);
}

type Outcome = {
  part: Partial<PartRow>;
  state: 'bound' | 'abandoned';
  verb: string;
  submittedAt?: number;
  data?: object;
};

async function demandFree(db: Kysely<Schema>, connectionId: string, providerBatchId: string): Promise<void> {
  const taken = await db
    .selectFrom('parts')
    .innerJoin('batches', 'batches.id', 'parts.batch_id')
    .select('batches.name')
    .where('parts.provider_batch_id', '=', providerBatchId)
    .where('batches.connection_id', '=', connectionId)
    .executeTakeFirst();
  if (taken)
    throw new Refusal('conflict', `${providerBatchId} already belongs to the batch “${taken.name}”.`);
}

async function confirm(ctx: Context, connectionId: string, providerBatchId: string): Promise<void> {
  await demandFree(ctx.db, connectionId, providerBatchId);
  const { provider, fetch } = await reachConnection(ctx, connectionId);
  const answer = await provider.poll(fetch, providerBatchId);
  if (answer.kind === 'results') return letGo(answer.lines);
  if (answer.kind === 'report') return;
  if (answer.kind === 'not_found') throw notFound(`A batch ${providerBatchId} at the provider`);
  throw new Refusal('provider_unreachable', `The provider could not confirm this id: ${answer.message}`);
}

/** The clock fetches them; unread, they would hold their connection open. */
async function letGo(lines: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of lines) break;
}

function mayResend(ctx: Context, intent: IntentRow): void {
  const freeAt = (intent.sent_at ?? intent.created_at) + settleMs;
  if (ctx.clock() < freeAt) {
    const seconds = Math.ceil((freeAt - ctx.clock()) / 1000);
    throw new Refusal(
      'conflict',
      `The first call may still arrive. Sending again is possible in ${seconds} s.`,
      {
        freeAt: new Date(freeAt).toISOString(),
      },
    );
  }
}

const bind = (ctx: Context, providerBatchId: string): Outcome => ({
  part: { phase: 'pending', provider_batch_id: providerBatchId },
  state: 'bound',
  verb: 'batch.bound_by_hand',
  submittedAt: ctx.clock(),
  data: { providerBatchId },
});
const resend: Outcome = { part: { phase: 'queued' }, state: 'abandoned', verb: 'batch.sent_again' };
const giveUp: Outcome = {
  part: {
    phase: 'collecting',
    ends_as: 'failed',
    error: JSON.stringify({
      code: 'given_up',
      message: 'The answer to the create call was lost and a person gave this part up.',
    }),
  },
  state: 'abandoned',
  verb: 'batch.given_up',
};

/** Only while the part still waits for the decision that was made on it; the clock's claim is ended by the new fence. */
async function write(
  ctx: Context,
  part: PartRow,
  intent: IntentRow,
  outcome: Outcome,
  check?: (trx: Kysely<Schema>) => Promise<void>,
): Promise<void> {
  await ctx.db.transaction().execute(async (trx: Kysely<Schema>) => {
    await check?.(trx);
    const { numUpdatedRows } = await trx
      .updateTable('parts')
      .set((eb) => ({
        ...outcome.part,
        attention: null,
        failures: 0,
        wait_ms: 0,
        fence: eb('fence', '+', 1),
        lease_until: 0,
        due_at: dbNow(trx),
        changed_at: ctx.clock(),
      }))
      .where('id', '=', part.id)
      .where('phase', '=', 'submitting')
      .where('attention', '=', 'needs_decision')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new Refusal('conflict', 'Somebody else has just decided this.');
    await trx
      .updateTable('intents')
      .set({ state: outcome.state, settled_at: ctx.clock() })
      .where('id', '=', intent.id)
      .execute();
    await refreshBatch(trx, part.batch_id, outcome.submittedAt ? { submitted_at: outcome.submittedAt } : {});
    await recordEvent(trx, ctx, { subject: part.batch_id, verb: outcome.verb, data: outcome.data });
  });
}
