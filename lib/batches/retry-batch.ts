import 'server-only';
import { createReadStream } from 'node:fs';
import { recordEvent } from '#lib/audit/record-event';
import { demand, reachable } from '#lib/auth/permissions';
import { findConnection } from '#lib/connections/find-connection';
import { whyLocked } from '#lib/connections/show-connection';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { fp } from '#lib/failpoint';
import type { Batch } from '#lib/model/batch';
import { newId } from '#lib/model/id';
import { isOver } from '#lib/model/phase';
import type { Retry } from '#lib/model/retry.schema';
import { deriveRequests } from '#lib/results/derive-requests';
import type { Derived } from '#lib/results/index-orders';
import { type BatchRow, batchRow } from '#lib/store/batches';
import { held } from '#lib/store/engine';
import { type FileRow, insertFile, judgedAs } from '#lib/store/files';
import { demandKept, insertAttempt } from './create-batch.ts';
import { once } from './once.ts';
import { refreshBatch } from './refresh-batch.ts';
import { showBatch } from './show-batch.ts';

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
    const locked = whyLocked(ctx, target);
    if (locked !== null) throw new Refusal('conflict', `${target.name} cannot be used. ${locked}`);
    const planned = await plan(ctx, row, order);
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

type Planned = { n: number; file: FileRow; derived: Derived };

/** What is sent is always a stored file, with where it comes from and how it was made. */
async function plan(ctx: Context, batch: BatchRow, order: Retry): Promise<Planned> {
  const { file: original, attempts } = await originalOf(ctx, batch);
  const n = attempts + 1;
  return deriveRequests(ctx, batch.id, order, async (derived, path) => {
    const id = newId('fil', ctx.clock());
    const blobKey = `files/${id}`;
    const { bytes, sha256 } = await ctx.blobs.put(blobKey, createReadStream(path));
    fp('retry-file');
    const file: FileRow = {
      id,
      workspace: ctx.workspace,
      name: original.name.replace(/(\.jsonl)?$/i, `, attempt ${n}.jsonl`),
      bytes,
      sha256,
      blob_key: blobKey,
      ...judgedAs(derived.summary),
      owner_id: original.owner_id,
      derived_from: original.id,
      recipe: JSON.stringify({ kind: 'retry', batch: batch.id, attempt: n, ...order }),
      created_at: ctx.clock(),
    };
    return { n, file, derived };
  });
}

async function originalOf(ctx: Context, batch: BatchRow): Promise<{ file: FileRow; attempts: number }> {
  const file = await ctx.db
    .selectFrom('files')
    .selectAll()
    .where('id', '=', batch.file_id)
    .executeTakeFirstOrThrow();
  return { file, attempts: await attemptsOf(ctx, batch.id) };
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
  { n, file, derived }: Planned,
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
  await insertFile(ctx.db, file, []);
  const recipe = JSON.stringify(order);
  const kept = JSON.stringify(without(now, derived));
  await insertAttempt(ctx.db, batch.id, file, ctx.clock(), { n, recipe, kept });
  await refreshBatch(ctx.db, batch.id);
  await recordEvent(ctx.db, ctx, {
    subject: batch.id,
    verb: 'batch.retried',
    data: { attempt: n, requests: file.requests, overrides: Object.keys(order.overrides ?? {}) },
  });
  return showBatch(ctx, await batchRow(ctx.db, ctx.workspace, batch.id));
}

/** The counts of the batch without the lines that are open again. */
function without(batch: BatchRow, { outcomes }: Derived) {
  return {
    succeeded: batch.succeeded - outcomes.succeeded,
    failed: batch.failed - outcomes.failed - outcomes.unparseable,
    cancelled: batch.cancelled - outcomes.cancelled,
    expired: batch.expired - outcomes.expired,
    missing: batch.missing - outcomes.missing,
  };
}
