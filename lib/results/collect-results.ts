import 'server-only';
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '#lib/context';
import { fp } from '#lib/failpoint';
import { draftFolder } from './drafts.ts';
import type { PartInput, Totals } from './index-orders.ts';

/** A part as the index wants it, its segments by their blob keys. */
export type PartResults = Omit<PartInput, 'segments'> & { segments: string[] };

export type Collection = {
  batchId: string;
  /** Makes the key of this index its own: the one who loses the claim leaves an orphan, never a wrong index. */
  stamp: string;
  inputKey: string;
  dialect: string;
  preset: string;
  parts: PartResults[];
};

/** Builds the index of a batch from its input and its segments. Doing it again is harmless. */
export async function collectResults(
  ctx: Context,
  collection: Collection,
): Promise<{ indexKey: string; totals: Totals }> {
  const folder = draftFolder(ctx.env.BATCHDECK_DATA_DIR);
  await mkdir(folder, { recursive: true });
  const out = path.join(folder, `${randomUUID()}.sqlite`);
  try {
    const totals = await ctx.index.ask('build', {
      input: await ctx.blobs.localPath(collection.inputKey),
      dialect: collection.dialect,
      preset: collection.preset,
      parts: await Promise.all(
        collection.parts.map(async (part) => ({
          ...part,
          segments: await Promise.all(
            part.segments.map(async (key) => ({ key, file: await ctx.blobs.localPath(key) })),
          ),
        })),
      ),
      out,
    });
    const indexKey = `results/${collection.batchId}/index-${collection.stamp}.sqlite`;
    await ctx.blobs.delete(indexKey);
    fp('index-built');
    await ctx.blobs.put(indexKey, createReadStream(out));
    fp('index-kept');
    return { indexKey, totals };
  } finally {
    await rm(out, { force: true });
  }
}
