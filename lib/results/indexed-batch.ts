import 'server-only';
import { demand, reachable } from '#lib/auth/permissions';
import { BlobMissing } from '#lib/blobs/blobs';
import type { Context } from '#lib/context';
import type { ResultsFilter } from '#lib/model/result-query';
import { type BatchRow, batchRow } from '#lib/store/batches';
import { indexKeysIn, textKeyOf } from '#lib/store/blob-keys';
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

export async function indexedBatch(
  ctx: Context,
  id: string,
  filter: ResultsFilter = {},
): Promise<IndexedBatch> {
  demand(ctx, 'read');
  return openIndexed(ctx, reachable(ctx, await batchRow(ctx.db, ctx.workspace, id)), filter);
}

/** For a share link too, which reaches its batch without being a member. */
export async function openIndexed(
  ctx: Hands,
  batch: BatchRow,
  { q }: ResultsFilter = {},
): Promise<IndexedBatch> {
  const { blob_key: inputKey } = await ctx.db
    .selectFrom('files')
    .select('blob_key')
    .where('id', '=', batch.file_id)
    .executeTakeFirstOrThrow();
  return { batch, inputKey, files: await openIndex(ctx, batch, Boolean(q)) };
}

/** An index is a convenience: one that is gone, or that an older program wrote, is built again before it is read. */
async function openIndex(ctx: Hands, batch: BatchRow, withText: boolean): Promise<IndexFiles | null> {
  const key = batch.index_key;
  if (key === null) return null;
  const standing = isOutdated(key) ? null : await filesOf(ctx, key, withText).catch(nullIfMissing);
  return standing ?? filesOf(ctx, await rebuiltOnce(ctx, batch), withText);
}

async function filesOf({ blobs }: Hands, indexKey: string, withText: boolean): Promise<IndexFiles> {
  const keys = indexKeysIn(indexKey);
  const [base = '', retries = null] = await Promise.all(keys.map((key) => blobs.localPath(key)));
  if (!withText) return { base, retries };
  return { base, retries, texts: await Promise.all(keys.map((key) => blobs.localPath(textKeyOf(key)))) };
}

function nullIfMissing(error: unknown): null {
  if (error instanceof BlobMissing) return null;
  throw error;
}

const rebuilding = new Map<string, Promise<string>>();

function rebuiltOnce(ctx: Hands, batch: BatchRow): Promise<string> {
  const work =
    rebuilding.get(batch.id) ?? rebuildIndex(ctx, batch).finally(() => rebuilding.delete(batch.id));
  rebuilding.set(batch.id, work);
  return work;
}
