import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { attemptFiles, type BatchRow, batchRow, partsOf } from '#lib/store/batches';
import { indexBlobs, indexKeysIn } from '#lib/store/blob-keys';
import { collectAgain } from './collect-results.ts';
import { indexKeyFor } from './index-key.ts';
import { attemptResults } from './part-results.ts';
import { tariffOf } from './tariff-of.ts';

type Hands = Pick<Context, 'db' | 'blobs' | 'index' | 'env'>;

/** Builds the index again from what was sent and what came back. Answers the key that stands in the end. */
export async function rebuildIndex(ctx: Hands, batch: BatchRow): Promise<string> {
  const before = published(batch);
  const standing = await keyOf(ctx, batch);
  if (standing !== before) return standing;
  const built = indexKeysIn(before)
    .map(() => indexKeyFor(batch.id, `rebuilt-${randomUUID()}`))
    .join(' ');
  await buildAt(ctx, batch, built);
  // Only in the place of the one it was built for: a collection that ended meanwhile knows more.
  const { numUpdatedRows } = await ctx.db
    .updateTable('batches')
    .set({ index_key: built })
    .where('id', '=', batch.id)
    .where('index_key', '=', before)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return built;
  for (const key of indexBlobs(built)) await ctx.blobs.delete(key);
  return keyOf(ctx, batch);
}

async function keyOf({ db }: Hands, { id, workspace }: BatchRow): Promise<string> {
  return published(await batchRow(db, workspace, id));
}

/** Beside a server that alone may write the store: the new index takes the old one's place under the same key. */
export async function rebuildInPlace(ctx: Hands, batch: BatchRow): Promise<string> {
  const key = published(batch);
  await buildAt(ctx, batch, key);
  return key;
}

function published(batch: BatchRow): string {
  if (batch.index_key !== null) return batch.index_key;
  throw new Refusal('conflict', `Batch ${batch.id} has no results yet, so there is no index to rebuild.`);
}

async function buildAt(ctx: Hands, batch: BatchRow, indexKey: string): Promise<void> {
  const files = await attemptFiles(ctx.db, batch.id);
  const attempts = attemptResults(files, await partsOf(ctx.db, [batch.id]));
  const { dialect, preset } = batch;
  const how = { dialect, preset, tariff: await tariffOf(ctx.db, batch) };
  await collectAgain(ctx, how, attempts, indexKey);
}
