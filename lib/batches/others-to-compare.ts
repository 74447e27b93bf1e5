import 'server-only';
import { sql } from 'kysely';
import { demand, reachable } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import type { OtherBatch } from '#lib/model/comparison';
import { openIndexed, standingIndex } from '#lib/results/indexed-batch';
import { type BatchRow, batchRow } from '#lib/store/batches';
import { batchWhere } from './batch-where.ts';

const most = 12;
/** So many of its ids are looked up in the others. */
const sampled = 48;

/** Batches that one may be compared with: those that share the most of its custom_ids first. */
export async function othersToCompare(
  ctx: Context,
  batchId: string,
  { q }: { q?: string },
): Promise<{ items: OtherBatch[] }> {
  demand(ctx, 'read');
  const batch = reachable(ctx, await batchRow(ctx.db, ctx.workspace, batchId));
  const [ids, rows] = await Promise.all([idsOf(ctx, batch), likely(ctx, batch, q)]);
  const found = await Promise.all(
    rows.map(async (row) => ({ row, share: ids.length > 0 ? await shareIn(ctx, row, ids) : null })),
  );
  found.sort((a, b) => (b.share ?? 0) - (a.share ?? 0));
  return { items: found.map(({ row, share }) => told(row, whyOf(batch, row, share))) };
}

/** Sent from the same file or under the same name, then as many requests, then the latest. */
async function likely(ctx: Context, batch: BatchRow, q: string | undefined): Promise<BatchRow[]> {
  const name = sql<string>`lower(name)`;
  return ctx.db
    .selectFrom('batches')
    .selectAll()
    .where((eb) => batchWhere(eb, ctx, q ? { q } : {}))
    .where('id', '!=', batch.id)
    .where('index_key', 'is not', null)
    .orderBy((eb) => eb.case().when('file_id', '=', batch.file_id).then(0).else(1).end())
    .orderBy((eb) => eb.case().when(name, '=', batch.name.toLowerCase()).then(0).else(1).end())
    .orderBy((eb) => eb.case().when('total', '=', batch.total).then(0).else(1).end())
    .orderBy('created_at', 'desc')
    .limit(most)
    .execute();
}

async function idsOf(ctx: Context, batch: BatchRow): Promise<string[]> {
  const { files } = await openIndexed(ctx, batch);
  return files === null ? [] : ctx.index.ask('sample', { files, count: sampled });
}

/** An index that cannot be read as it stands tells nothing of its batch, and keeps nobody from the others. */
async function shareIn(ctx: Context, row: BatchRow, ids: string[]): Promise<number | null> {
  try {
    const files = await standingIndex(ctx, row);
    return files && (await ctx.index.ask('shared', { files, ids })) / ids.length;
  } catch {
    return null;
  }
}

function whyOf(batch: BatchRow, row: BatchRow, share: number | null): string {
  if (row.file_id === batch.file_id) return 'sent from the same file';
  if (share === 1)
    return row.total > batch.total ? 'all of its custom_ids, and others' : 'the same custom_ids';
  if (share) return `about ${Math.max(1, Math.round(share * 100))} % of its custom_ids`;
  if (row.name.toLowerCase() === batch.name.toLowerCase()) return 'the same name';
  return share === null ? 'a recent batch' : 'no custom_id in common, as far as a sample tells';
}

function told(row: BatchRow, why: string): OtherBatch {
  return {
    id: row.id,
    name: row.name,
    phase: row.phase,
    models: JSON.parse(row.models) as string[],
    requests: row.total,
    created: new Date(row.created_at).toISOString(),
    why,
  };
}
