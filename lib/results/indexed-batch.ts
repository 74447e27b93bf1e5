import 'server-only';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';
import { type BatchRow, batchRow, partsOf } from '#lib/store/batches';

/** A batch whose results may be read, with its segments in the order the index counts them. */
export type IndexedBatch = {
  batch: BatchRow;
  indexFile: string | null;
  inputKey: string;
  segments: string[];
};

export async function indexedBatch(ctx: Context, id: string): Promise<IndexedBatch> {
  demand(ctx, 'read');
  const batch = await batchRow(ctx.db, ctx.workspace, id);
  const { actor } = ctx;
  if (actor.kind === 'token' && actor.connectionId !== null && actor.connectionId !== batch.connection_id) {
    throw notFound('This batch');
  }
  return openIndexed(ctx, batch);
}

/** For a share link too, which reaches its batch without being a member. */
export async function openIndexed(
  ctx: Pick<Context, 'db' | 'blobs'>,
  batch: BatchRow,
): Promise<IndexedBatch> {
  const parts = await partsOf(ctx.db, [batch.id]);
  const { blob_key: inputKey } = await ctx.db
    .selectFrom('files')
    .select('blob_key')
    .where('id', '=', batch.file_id)
    .executeTakeFirstOrThrow();
  return {
    batch,
    indexFile: batch.index_key === null ? null : await ctx.blobs.localPath(batch.index_key),
    inputKey,
    segments: parts.flatMap((part) => JSON.parse(part.segments) as string[]),
  };
}
