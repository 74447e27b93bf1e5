import 'server-only';
import { demand, reachable } from '#lib/auth/permissions';
import { saysMissing } from '#lib/blobs/blobs';
import type { Context } from '#lib/context';
import { isByField, type ResultSort, type ResultsFilter } from '#lib/model/result-query';
import { type BatchRow, batchRow } from '#lib/store/batches';
import { indexKeysIn, textKeyOf } from '#lib/store/blob-keys';
import { fieldFiles } from './field-files.ts';
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

/** What is asked tells what is opened beside the index: words, or fields of the answers. */
type Wanted = ResultsFilter & { sort?: ResultSort; fields?: string[] };

export async function indexedBatch(ctx: Context, id: string, wanted: Wanted = {}): Promise<IndexedBatch> {
  demand(ctx, 'read');
  return openIndexed(ctx, reachable(ctx, await batchRow(ctx.db, ctx.workspace, id)), wanted);
}

/** For a share link too, which reaches its batch without being a member. */
export async function openIndexed(ctx: Hands, batch: BatchRow, wanted: Wanted = {}): Promise<IndexedBatch> {
  const { blob_key: inputKey } = await ctx.db
    .selectFrom('files')
    .select('blob_key')
    .where('id', '=', batch.file_id)
    .executeTakeFirstOrThrow();
  return { batch, inputKey, files: await openIndex(ctx, batch, wanted) };
}

/** An index is a convenience: one that is gone, or that an older program wrote, is built again before it is read. */
async function openIndex(ctx: Hands, batch: BatchRow, wanted: Wanted): Promise<IndexFiles | null> {
  if (batch.index_key === null) return null;
  const standing = await standingIndex(ctx, batch, wanted);
  return standing ?? filesOf(ctx, await rebuiltOnce(ctx, batch), wanted);
}

/** For a look at many batches: null also where the index would have to be built again. */
export async function standingIndex(
  ctx: Hands,
  { index_key: key }: BatchRow,
  wanted: Wanted = {},
): Promise<IndexFiles | null> {
  if (key === null || isOutdated(key)) return null;
  return filesOf(ctx, key, wanted).catch(nullIfMissing);
}

async function filesOf(ctx: Hands, indexKey: string, wanted: Wanted): Promise<IndexFiles> {
  const local = (keys: string[]) => Promise.all(keys.map((key) => ctx.blobs.localPath(key)));
  const keys = indexKeysIn(indexKey);
  const [base = '', retries = null] = await local(keys);
  const files: IndexFiles = { base, retries };
  if (wanted.q) files.texts = await local(keys.map(textKeyOf));
  if (asksForFields(wanted)) files.fields = await fieldFiles(ctx, indexKey, files);
  return files;
}

function asksForFields({ where = [], sort = 'ordinal', fields }: Wanted): boolean {
  return fields !== undefined || where.length > 0 || isByField(sort);
}

function nullIfMissing(error: unknown): null {
  if (saysMissing(error)) return null;
  throw error;
}

const rebuilding = new Map<string, Promise<string>>();

function rebuiltOnce(ctx: Hands, batch: BatchRow): Promise<string> {
  const work =
    rebuilding.get(batch.id) ?? rebuildIndex(ctx, batch).finally(() => rebuilding.delete(batch.id));
  rebuilding.set(batch.id, work);
  return work;
}
