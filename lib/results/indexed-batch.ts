import 'server-only';
import { demand, reachable } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { type BatchRow, batchRow } from '#lib/store/batches';

/** A batch whose results may be read. Without an index they are not there yet. */
export type IndexedBatch = {
  batch: BatchRow;
  indexFile: string | null;
  inputKey: string;
};

export async function indexedBatch(ctx: Context, id: string): Promise<IndexedBatch> {
  demand(ctx, 'read');
  return openIndexed(ctx, reachable(ctx, await batchRow(ctx.db, ctx.workspace, id)));
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
