import 'server-only';
import type { Kysely } from 'kysely';
import { recordEvent } from '#lib/audit/record-event';
import { demand, reachable } from '#lib/auth/permissions';
import { reachConnection } from '#lib/connections/reach-connection';
import type { Context } from '#lib/context';
import { notFound, Refusal } from '#lib/errors';
import type { Batch } from '#lib/model/batch';
import type { Decision } from '#lib/model/batch.schema';
import { ProviderTrouble } from '#lib/providers/provider';
import {
  type BatchRow,
  batchRow,
  type IntentRow,
  latestIntent,
  type PartRow,
  partsOf,
} from '#lib/store/batches';
import { takenOver } from '#lib/store/claims';
import { toSameProvider } from '#lib/store/connections';
import { held, timeOf } from '#lib/store/engine';
import type { Schema } from '#lib/store/schema';
import { freeAt } from './free-at.ts';
import { getBatch } from './get-batch.ts';
import { refreshBatch } from './refresh-batch.ts';
import { takenIds } from './taken-ids.ts';
import { deadlines, within } from './within.ts';

type Question = { batch: BatchRow; part: PartRow; intent: IntentRow };

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
  const question = { batch, part, intent };
  if ('providerBatchId' in decision) await bind(ctx, question, decision.providerBatchId);
  else if (decision.action === 'resend') await resend(ctx, question);
  else await giveUp(ctx, question);
  ctx.wake();
  return getBatch(ctx, batchId);
}

async function bind(ctx: Context, question: Question, providerBatchId: string): Promise<void> {
  await demandFree(ctx.db, question, providerBatchId);
  await confirm(ctx, question, providerBatchId);
  await write(ctx, question, {
    part: { phase: 'pending', provider_batch_id: providerBatchId, failures: 0 },
    intent: { state: 'bound', provider_batch_id: providerBatchId },
    verb: 'batch.bound_by_hand',
    data: { providerBatchId },
    async check(trx) {
      await held(trx, toSameProvider(trx, question.batch.connection_id)).execute();
      await demandFree(trx, question, providerBatchId);
    },
  });
}

async function demandFree(
  db: Kysely<Schema>,
  { batch, part }: Question,
  providerBatchId: string,
): Promise<void> {
  const taken = (await takenIds(db, batch.connection_id, [providerBatchId], part.id)).get(providerBatchId);
  if (taken !== undefined) {
    throw new Refusal('conflict', `${providerBatchId} already belongs to the batch “${taken}”.`);
  }
}

async function confirm(ctx: Context, { batch, part }: Question, providerBatchId: string): Promise<void> {
  const own = JSON.parse(batch.headers) as Record<string, string>;
  const { provider, fetch } = await reachConnection(ctx, batch.connection_id, own);
  const answer = await within(deadlines.askMs, fetch, ({ fetch: bounded }) =>
    provider.poll(bounded, providerBatchId),
  ).catch((error: unknown) => {
    if (error instanceof ProviderTrouble) return { kind: 'trouble', message: error.message } as const;
    throw error;
  });
  if (answer.kind === 'results') return letGo(answer.lines);
  if (answer.kind === 'not_found') throw notFound(`A batch ${providerBatchId} at the provider`);
  if (answer.kind !== 'report') {
    throw new Refusal('provider_unreachable', `The provider could not confirm this id: ${answer.message}`);
  }
  const there = answer.report.counts?.total ?? 0;
  const requests = part.last_ordinal - part.first_ordinal + 1;
  if (there <= requests) return;
  throw new Refusal(
    'conflict',
    `${providerBatchId} holds ${there} requests; ours was sent with ${requests}.`,
  );
}

/** The clock fetches them; unread, they would hold their connection open. */
async function letGo(lines: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of lines) break;
}

/** A new intent, with a file of its own: what the first call may yet become is told apart by it. */
async function resend(ctx: Context, question: Question): Promise<void> {
  await write(ctx, question, {
    part: { phase: 'queued', input_file_id: null, failures: 0 },
    intent: { state: 'abandoned' },
    verb: 'batch.sent_again',
    async check(trx) {
      const free = freeAt(question.intent);
      const left = free - (await timeOf(trx));
      if (left <= 0) return;
      throw new Refusal(
        'conflict',
        `The first call may still arrive. Sending again is possible in ${Math.ceil(left / 1000)} s.`,
        { freeAt: new Date(free).toISOString() },
      );
    },
  });
}

async function giveUp(ctx: Context, question: Question): Promise<void> {
  const error = {
    code: 'given_up',
    message: 'The answer to the create call was lost and a person gave this part up.',
  };
  await write(ctx, question, {
    part: { phase: 'collecting', ends_as: 'failed', error: JSON.stringify(error) },
    intent: { state: 'abandoned' },
    verb: 'batch.given_up',
  });
}

type Outcome = {
  part: Partial<PartRow>;
  intent: { state: 'bound' | 'abandoned'; provider_batch_id?: string };
  verb: string;
  data?: object;
  check?: (trx: Kysely<Schema>) => Promise<void>;
};

/** Only while the part still waits for the decision that was made on it. */
async function write(ctx: Context, { batch, part, intent }: Question, outcome: Outcome): Promise<void> {
  await ctx.db.transaction().execute(async (trx: Kysely<Schema>) => {
    await outcome.check?.(trx);
    const now = await timeOf(trx);
    const { numUpdatedRows } = await trx
      .updateTable('parts')
      .set({ ...outcome.part, ...takenOver(trx, now) })
      .where('id', '=', part.id)
      .where('phase', '=', 'submitting')
      .where('attention', '=', 'needs_decision')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new Refusal('conflict', 'Somebody else has just decided this.');
    await settle(trx, intent, outcome.intent, now);
    const sent = outcome.intent.state === 'bound' ? { submitted_at: now } : {};
    await refreshBatch(trx, batch.id, now, sent);
    const event = { subject: batch.id, verb: outcome.verb, data: outcome.data };
    await recordEvent(trx, { ...ctx, clock: () => now }, event);
  });
}

/** The call may just have been answered, which decides it better than a person could. */
async function settle(
  trx: Kysely<Schema>,
  { id }: IntentRow,
  change: Outcome['intent'],
  now: number,
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('intents')
    .set({ ...change, settled_at: now })
    .where('id', '=', id)
    .where('provider_batch_id', 'is', null)
    .where('state', 'in', ['sent', 'lost'])
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Refusal('conflict', 'The call was answered after all, just now.');
}
