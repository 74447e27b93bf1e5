import 'server-only';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';
import { type Outcome, previewLimit, type RawText, type ResultDetail } from '#lib/model/result';
import type { Place } from './index-orders.ts';
import { type IndexedBatch, indexedBatch } from './indexed-batch.ts';
import { shown } from './list-results.ts';

export async function getResult(
  ctx: Context,
  batchId: string,
  ordinal: number,
  outcomes: Outcome[] = [],
): Promise<ResultDetail> {
  return detailOf(ctx, await indexedBatch(ctx, batchId), ordinal, outcomes);
}

/** One row with its bytes, which are read by range: nothing else of the files is touched. */
export async function detailOf(
  ctx: Pick<Context, 'index' | 'blobs'>,
  { indexFile, inputKey }: IndexedBatch,
  ordinal: number,
  outcomes: Outcome[],
): Promise<ResultDetail> {
  const found =
    indexFile === null ? null : await ctx.index.ask('row', { file: indexFile, ordinal, outcomes });
  if (!found) throw notFound(`Result ${ordinal}`);
  const { row, previous, next, segments } = found;
  const segment = row.output === null ? undefined : segments[row.output.segment];
  return {
    ...shown(row),
    errorMessage: row.errorMessage,
    request: await readText(ctx, inputKey, row.input),
    response: segment === undefined || row.output === null ? null : await readText(ctx, segment, row.output),
    previous,
    next,
  };
}

async function readText(ctx: Pick<Context, 'blobs'>, key: string, place: Place): Promise<RawText> {
  const length = Math.min(place.length, previewLimit);
  const chunks: Uint8Array[] = [];
  for await (const chunk of ctx.blobs.read(key, { offset: place.offset, length })) chunks.push(chunk);
  const text = new TextDecoder().decode(Buffer.concat(chunks));
  return { text, bytes: place.length, cut: place.length > length };
}
