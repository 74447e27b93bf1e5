import 'server-only';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';
import { type BatchRow, batchRow } from '#lib/store/batches';

/** A batch whose results may be read. Without an index they are not there yet. */
export type IndexedBatch = {
  batch: BatchRow;
  indexFile: string | null;
  inputKey: string;
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
  const { blob_key: inputKey } = await ctx.db
    .selectFrom('files')
    .select('blob_key')
    .where('id', '=', batch.file_id)
    .executeTakeFirstOrThrow();
  return {
    batch,
    indexFile: batch.index_key === null ? null : await ctx.blobs.localPath(batch.index_key),
    inputKey,
  };
}
