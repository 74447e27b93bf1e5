import 'server-only';
import { createReadStream } from 'node:fs';
import { recordEvent } from '#lib/audit/record-event';
import { demand, reachable } from '#lib/auth/permissions';
import { findConnection } from '#lib/connections/find-connection';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { fp } from '#lib/failpoint';
import { demandFit } from '#lib/files/demand-fit';
import { insertStored, type StoredFile, storeFile } from '#lib/files/keep-file';
import { showFile } from '#lib/files/show-file';
import { rulesOf } from '#lib/jsonl/line-rules';
import type { Batch } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import type { Retry } from '#lib/model/retry.schema';
import { once } from '#lib/replays/once';
import { deriveRequests } from '#lib/results/derive-requests';
import type { Derived } from '#lib/results/index-orders';
import { type BatchRow, batchRow } from '#lib/store/batches';
import { held, timeOf } from '#lib/store/engine';
import { insertParts } from './insert-parts.ts';
import { type PlannedPart, planParts } from './plan-parts.ts';
import { refreshBatch } from './refresh-batch.ts';
import { showBatch } from './show-batch.ts';
import { capabilitiesAt, demandKept, demandUnlocked, limitsOf, type Target } from './target.ts';

/** Sends some lines of a batch that is over once more, as a new attempt of the same batch. */
export async function retryBatch(
  ctx: Context,
  id: string,
  order: Retry,
  key: string | null = null,
): Promise<Batch> {
  demand(ctx, 'operate');
  const batch = await once<Batch>(ctx, key, { retryOf: id, ...order }, async () => {
    const row = demandOver(reachable(ctx, await batchRow(ctx.db, ctx.workspace, id)));
    const target = await findConnection(ctx, row.connection_id);
    demandUnlocked(ctx, target);
    const planned = await plan(ctx, row, target, order);
    return async (trx) => {
      await demandKept(trx, target);
      return begin({ ...ctx, db: trx as Context['db'] }, row, planned, order);
    };
  });
  fp('retry-kept');
  ctx.wake();
  return batch;
}

function demandOver(batch: BatchRow): BatchRow {
  if (isOver(batch.phase)) return batch;
  throw new Refusal('conflict', 'This batch is not over yet. Wait for its end or cancel it, then retry.');
}

type Planned = { n: number; stored: StoredFile; parts: PlannedPart[]; outcomes: Derived['outcomes'] };

/** What is sent is always a stored file, with where it comes from and how it was made; its limits are those of a first attempt. */
async function plan(ctx: Context, batch: BatchRow, target: Target, order: Retry): Promise<Planned> {
  const n = (await attemptsOf(ctx, batch.id)) + 1;
  const { id: from, name } = await originalOf(ctx, batch);
  return deriveRequests(ctx, batch.id, order, async ({ outcomes }, path) => {
    const stored = await storeFile(ctx, {
      name: name.replace(/(\.jsonl)?$/i, `, attempt ${n}.jsonl`),
      body: createReadStream(path),
      length: null,
      sha256: null,
      origin: { from, recipe: { kind: 'retry', batch: batch.id, attempt: n, ...order } },
    });
    try {
      return { n, stored, parts: await planLines(ctx, stored, target), outcomes };
    } catch (error) {
      await ctx.blobs.delete(stored.row.blob_key);
      throw error;
    }
  });
}

async function planLines(
  ctx: Context,
  { row, findings }: StoredFile,
  target: Target,
): Promise<PlannedPart[]> {
  const wrong = findings.find(({ severity }) => severity === 'error');
  if (wrong)
    throw new Refusal('invalid', `With these overrides a request is not right any more: ${wrong.message}`);
  const source = { file: showFile(row), blobKey: row.blob_key };
  const capabilities = capabilitiesAt(target);
  await demandFit(ctx, source, rulesOf(capabilities), target.name);
  return planParts(ctx, source, limitsOf(target, capabilities));
}

function originalOf({ db }: Context, batch: BatchRow): Promise<{ id: string; name: string }> {
  return db
    .selectFrom('files')
    .select(['id', 'name'])
    .where('id', '=', batch.file_id)
    .executeTakeFirstOrThrow();
}

async function attemptsOf({ db }: Context, batchId: string): Promise<number> {
  const { n } = await db
    .selectFrom('attempts')
    .select((eb) => eb.fn.max('n').as('n'))
    .where('batch_id', '=', batchId)
    .executeTakeFirstOrThrow();
  return n;
}

/** Of two who retry at once the second finds the batch running. */
async function begin(
  ctx: Context,
  batch: BatchRow,
  { n, stored, parts, outcomes }: Planned,
  order: Retry,
): Promise<Batch> {
  const rows = ctx.db
    .selectFrom('batches')
    .selectAll()
    .where('id', '=', batch.id)
    .where('deleted_at', 'is', null);
  const now = await held(ctx.db, rows).executeTakeFirst();
  if (!now || !isOver(now.phase) || (await attemptsOf(ctx, batch.id)) !== n - 1) {
    throw new Refusal('conflict', 'This batch changed just now. Look at it again, then retry.');
  }
  await insertStored(ctx, stored);
  const at = { batchId: batch.id, attempt: n, now: await timeOf(ctx.db) };
  await ctx.db
    .insertInto('attempts')
    .values({
      batch_id: batch.id,
      workspace: ctx.workspace,
      n,
      file_id: stored.row.id,
      recipe: JSON.stringify(order),
      phase: 'queued',
      kept: JSON.stringify(without(now, outcomes)),
    })
    .execute();
  await insertParts(ctx.db, at, parts);
  await refreshBatch(ctx.db, batch.id, at.now);
  await recordEvent(ctx.db, ctx, {
    subject: batch.id,
    verb: 'batch.retried',
    data: {
      attempt: n,
      requests: stored.row.requests,
      overrides: Object.keys(order.overrides ?? {}),
      ...(parts.length > 1 ? { parts: parts.length } : {}),
    },
  });
  return showBatch(ctx, await batchRow(ctx.db, ctx.workspace, batch.id));
}

/** The counts of the batch without the lines that are open again. */
function without(batch: BatchRow, outcomes: Derived['outcomes']) {
  return {
    succeeded: batch.succeeded - outcomes.succeeded,
    failed: batch.failed - outcomes.failed - outcomes.unparseable,
    cancelled: batch.cancelled - outcomes.cancelled,
    expired: batch.expired - outcomes.expired,
    missing: batch.missing - outcomes.missing,
  };
}
