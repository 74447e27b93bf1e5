import 'server-only';
import type { Kysely } from 'kysely';
import { recordEvent } from '#lib/audit/record-event';
import { demand } from '#lib/auth/permissions';
import { findConnection } from '#lib/connections/find-connection';
import { whyLocked } from '#lib/connections/show-connection';
import { type Context, workspace } from '#lib/context';
import { Refusal } from '#lib/errors';
import { fp } from '#lib/failpoint';
import { getFile } from '#lib/files/get-file';
import type { Batch } from '#lib/model/batch';
import type { NewBatch } from '#lib/model/batch.schema';
import type { BatchFile } from '#lib/model/file';
import { newId } from '#lib/model/id';
import { providerFor } from '#lib/providers/registry';
import { batchRow } from '#lib/store/batches';
import { held } from '#lib/store/engine';
import type { Schema } from '#lib/store/schema';
import { once } from './once.ts';
import { showBatch } from './show-batch.ts';

type Target = Awaited<ReturnType<typeof findConnection>>;

/** The plan: which file goes where, in how many parts. Nothing is sent here; the clock takes the parts from the store. */
export async function createBatch(ctx: Context, order: NewBatch, key: string | null = null): Promise<Batch> {
  demand(ctx, 'operate');
  const batch = await once<Batch>(ctx, key, order, async () => {
    const file = await getFile(ctx, order.fileId);
    const target = await findConnection(ctx, order.connection);
    check(file, target);
    const locked = whyLocked(ctx, target);
    if (locked !== null) throw new Refusal('conflict', `${target.name} cannot be used. ${locked}`);
    fp('batch-row');
    return (trx) => insertBatch({ ...ctx, db: trx as Context['db'] }, order, file, target);
  });
  fp('batch-kept');
  ctx.wake();
  return batch;
}

function check(file: BatchFile, target: Target): void {
  if (file.requests === 0)
    throw new Refusal('invalid', 'This file holds no requests, so there is nothing to send.');
  if (!file.usable) {
    const { errors } = file.findings;
    const count = errors === 1 ? '1 error' : `${errors} errors`;
    throw new Refusal('invalid', `This file has ${count}. Nothing is sent until its lines are right.`, {
      fileId: file.id,
    });
  }
  const { capabilities } = providerFor(target.dialect, target.preset);
  if (file.dialect !== capabilities.lines) {
    const wanted =
      capabilities.lines === 'params'
        ? '`custom_id` and `params`'
        : '`custom_id`, `method`, `url` and `body`';
    throw new Refusal(
      'invalid',
      `${target.name} takes lines with ${wanted}; this file is written for another kind of provider.`,
    );
  }
  const limits = { ...capabilities, ...limitsOf(target) };
  if (limits.maxRequests !== null && file.requests > limits.maxRequests) {
    throw new Refusal(
      'invalid',
      `${target.name} takes at most ${limits.maxRequests} requests; this file has ${file.requests}.`,
    );
  }
  if (limits.maxBytes !== null && file.bytes > limits.maxBytes) {
    throw new Refusal(
      'too_large',
      `${target.name} takes at most ${limits.maxBytes} bytes; this file has ${file.bytes}.`,
    );
  }
}

function limitsOf(target: Target): { maxRequests?: number; maxBytes?: number } {
  const { requests, bytes } = JSON.parse(target.limits) as {
    requests?: number | null;
    bytes?: number | null;
  };
  return { ...(requests ? { maxRequests: requests } : {}), ...(bytes ? { maxBytes: bytes } : {}) };
}

async function insertBatch(ctx: Context, order: NewBatch, file: BatchFile, target: Target): Promise<Batch> {
  await demandKept(ctx.db, target);
  const id = newId('bat');
  const now = ctx.clock();
  await ctx.db
    .insertInto('batches')
    .values({
      id,
      workspace,
      name: order.name,
      connection_id: target.id,
      file_id: file.id,
      preset: target.preset,
      dialect: target.dialect,
      endpoint: order.endpoint ?? file.endpoints[0] ?? null,
      completion_window: order.completionWindow ?? target.completion_window,
      models: JSON.stringify(file.models),
      phase: 'queued',
      attention: null,
      counts_are: providerFor(target.dialect, target.preset).capabilities.countsAre,
      total: file.requests,
      ...nothingYet,
      usage: null,
      cost_nano: null,
      cost_currency: null,
      cost_source: null,
      tags: JSON.stringify(order.tags ?? []),
      note: order.note ?? null,
      owner_id: 'userId' in ctx.actor ? ctx.actor.userId : null,
      created_at: now,
      submitted_at: null,
      started_at: null,
      finished_at: null,
      expires_at: null,
      checked_at: null,
      index_key: null,
      deleted_at: null,
    })
    .execute();
  await insertAttempt(ctx.db, id, file, now);
  await recordEvent(ctx.db, ctx, {
    subject: id,
    verb: 'batch.created',
    data: { file: file.name, connection: target.name },
  });
  return showBatch(ctx, await batchRow(ctx.db, workspace, id));
}

/** A connection is deleted only while nothing needs it; whoever comes second finds out here. */
export async function demandKept(trx: Kysely<Schema>, target: Target): Promise<void> {
  const kept = await held(
    trx,
    trx.selectFrom('connections').select('id').where('id', '=', target.id).where('deleted_at', 'is', null),
  ).executeTakeFirst();
  if (!kept) throw new Refusal('conflict', `${target.name} was deleted just now. Choose another connection.`);
}

const nothingYet = { succeeded: 0, failed: 0, cancelled: 0, expired: 0, missing: 0 };

type NewAttempt = { n: number; recipe: string | null; kept: string | null };

export async function insertAttempt(
  db: Kysely<Schema>,
  batchId: string,
  file: Pick<BatchFile, 'id' | 'requests'>,
  now: number,
  attempt: NewAttempt = { n: 1, recipe: null, kept: null },
): Promise<void> {
  await db
    .insertInto('attempts')
    .values({ batch_id: batchId, workspace, file_id: file.id, phase: 'queued', ...attempt })
    .execute();
  await db
    .insertInto('parts')
    .values({
      id: newId('prt'),
      workspace,
      batch_id: batchId,
      attempt: attempt.n,
      n: 1,
      phase: 'queued',
      first_ordinal: 1,
      last_ordinal: file.requests,
      ...nothingYet,
      segments: '[]',
      fence: 0,
      lease_until: 0,
      due_at: 0,
      wait_ms: 0,
      failures: 0,
      tries: 0,
      changed_at: now,
      ...unknownYet,
    })
    .execute();
}

const unknownYet = {
  hold: null,
  attention: null,
  ends_as: null,
  provider_batch_id: null,
  raw_status: null,
  raw_answer: null,
  error: null,
  cancel_asked_at: null,
  cancel_sent_at: null,
  checked_at: null,
};
