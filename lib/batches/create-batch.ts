import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { demand } from '#lib/auth/permissions';
import { findConnection } from '#lib/connections/find-connection';
import { type Context, workspace } from '#lib/context';
import { notFound, Refusal } from '#lib/errors';
import { fp } from '#lib/failpoint';
import { demandFit } from '#lib/files/demand-fit';
import { openFile } from '#lib/files/open-file';
import { rulesOf } from '#lib/jsonl/line-rules';
import type { Batch } from '#lib/model/batch';
import type { NewBatch } from '#lib/model/batch.schema';
import type { Capabilities } from '#lib/model/capabilities';
import type { BatchFile } from '#lib/model/file';
import { newId } from '#lib/model/id';
import { once } from '#lib/replays/once';
import { batchRow } from '#lib/store/batches';
import { timeOf } from '#lib/store/engine';
import { holdFile } from '#lib/store/files';
import { insertParts, nothingYet } from './insert-parts.ts';
import { ownHeaders } from './own-headers.ts';
import { type PlannedPart, planParts } from './plan-parts.ts';
import { showBatch } from './show-batch.ts';
import { capabilitiesAt, demandKept, demandUnlocked, limitsOf, type Target } from './target.ts';

type Plan = { order: NewBatch; file: BatchFile; target: Target; parts: PlannedPart[] };

/** The plan: which file goes where, in how many parts. Nothing is sent here; the clock takes the parts from the store. */
export async function createBatch(ctx: Context, order: NewBatch, key: string | null = null): Promise<Batch> {
  demand(ctx, 'operate');
  const batch = await once<Batch>(ctx, key, order, async () => {
    const source = await openFile(ctx, order.fileId);
    const target = await findConnection(ctx, order.connection);
    const capabilities = capabilitiesAt(target);
    check(source.file, target, capabilities);
    ownHeaders(target, order.headers ?? {});
    demandUnlocked(ctx, target);
    await demandFit(ctx, source, rulesOf(capabilities), target.name);
    const parts = await planParts(ctx, source, limitsOf(target, capabilities));
    fp('batch-row');
    return (trx) =>
      insertBatch({ ...ctx, db: trx as Context['db'] }, { order, file: source.file, target, parts });
  });
  fp('batch-kept');
  ctx.wake();
  return batch;
}

function check(file: BatchFile, target: Target, capabilities: Capabilities): void {
  if (file.requests === 0)
    throw new Refusal('invalid', 'This file holds no requests, so there is nothing to send.');
  if (!file.usable) {
    const { errors } = file.findings;
    const count = errors === 1 ? '1 error' : `${errors} errors`;
    throw new Refusal('invalid', `This file has ${count}. Nothing is sent until its lines are right.`, {
      fileId: file.id,
    });
  }
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
}

async function insertBatch(ctx: Context, plan: Plan): Promise<Batch> {
  const { file, target, parts } = plan;
  await demandKept(ctx.db, target);
  if (!(await holdFile(ctx.db, file.id))) throw notFound('The file');
  const now = await timeOf(ctx.db);
  const id = newId('bat', now);
  await ctx.db
    .insertInto('batches')
    .values(rowOf(ctx, plan, id, now))
    .execute();
  await ctx.db
    .insertInto('attempts')
    .values({ batch_id: id, workspace, n: 1, file_id: file.id, recipe: null, phase: 'queued' })
    .execute();
  await insertParts(ctx.db, { batchId: id, attempt: 1, now }, parts);
  const data = { file: file.name, connection: target.name };
  await recordEvent(
    ctx.db,
    { ...ctx, clock: () => now },
    {
      subject: id,
      verb: 'batch.created',
      data: parts.length > 1 ? { ...data, parts: parts.length } : data,
    },
  );
  return showBatch(ctx, await batchRow(ctx.db, workspace, id));
}

function rowOf(ctx: Context, { order, file, target }: Plan, id: string, now: number) {
  return {
    id,
    workspace,
    name: order.name,
    connection_id: target.id,
    file_id: file.id,
    preset: target.preset,
    dialect: target.dialect,
    endpoint: order.endpoint ?? file.endpoints[0] ?? null,
    completion_window: order.completionWindow ?? target.completion_window,
    headers: JSON.stringify(ownHeaders(target, order.headers ?? {})),
    metadata: JSON.stringify(order.metadata ?? {}),
    models: JSON.stringify(file.models),
    phase: 'queued' as const,
    attention: null,
    counts_are: capabilitiesAt(target).countsAre,
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
  };
}
