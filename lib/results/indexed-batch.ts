import 'server-only';
import { demand, reachable } from '#lib/auth/permissions';
import { BlobMissing } from '#lib/blobs/blobs';
import type { Context } from '#lib/context';
import { type BatchRow, batchRow } from '#lib/store/batches';
import { isOutdated } from './index-key.ts';
import type { IndexFiles } from './index-orders.ts';
import { rebuildIndex } from './rebuild-index.ts';

type Hands = Pick<Context, 'db' | 'blobs' | 'index' | 'env'>;

/** A batch whose results may be read. Without an index they are not there yet. */
export type IndexedBatch = {
  batch: BatchRow;
  /** Where the index can be opened now: it may be a cached copy. */
  files: IndexFiles | null;
  inputKey: string;
};

export async function indexedBatch(ctx: Context, id: string): Promise<IndexedBatch> {
  demand(ctx, 'read');
  return openIndexed(ctx, reachable(ctx, await batchRow(ctx.db, ctx.workspace, id)));
}

/** For a share link too, which reaches its batch without being a member. */
export async function openIndexed(ctx: Hands, batch: BatchRow): Promise<IndexedBatch> {
  const { blob_key: inputKey } = await ctx.db
    .selectFrom('files')
    .select('blob_key')
    .where('id', '=', batch.file_id)
    .executeTakeFirstOrThrow();
  return { batch, inputKey, files: await openIndex(ctx, batch) };
}

/** An index is a convenience: one that is gone, or that an older program wrote, is built again before it is read. */
async function openIndex(ctx: Hands, batch: BatchRow): Promise<IndexFiles | null> {
  const key = batch.index_key;
  if (key === null) return null;
  const base = isOutdated(key) ? null : await fileOf(ctx, key);
  return { base: base ?? (await ctx.blobs.localPath(await rebuiltOnce(ctx, batch))) };
}

async function fileOf(ctx: Hands, key: string): Promise<string | null> {
  return ctx.blobs.localPath(key).catch((error: unknown) => {
    if (error instanceof BlobMissing) return null;
    throw error;
  });
}

const rebuilding = new Map<string, Promise<string>>();

function rebuiltOnce(ctx: Hands, batch: BatchRow): Promise<string> {
  const work =
    rebuilding.get(batch.id) ?? rebuildIndex(ctx, batch).finally(() => rebuilding.delete(batch.id));
  rebuilding.set(batch.id, work);
  return work;
}
