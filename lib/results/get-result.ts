import 'server-only';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';
import type { AttemptDetail, ResultDetail } from '#lib/model/result';
import type { ResultQuery } from '#lib/model/result-query';
import type { IndexedRow, Sources } from './index-orders.ts';
import { type IndexedBatch, indexedBatch } from './indexed-batch.ts';
import { shown } from './list-results.ts';
import { placesOf } from './places-of.ts';
import { readText } from './read-text.ts';

export async function getResult(
  ctx: Context,
  batchId: string,
  ordinal: number,
  query: ResultQuery = {},
): Promise<ResultDetail> {
  return detailOf(ctx, await indexedBatch(ctx, batchId, query), ordinal, query);
}

/** One row with its bytes, which are read by range: nothing else of the files is touched. */
export async function detailOf(
  ctx: Pick<Context, 'index' | 'blobs'>,
  { files }: IndexedBatch,
  ordinal: number,
  { sort, ...filter }: ResultQuery,
): Promise<ResultDetail> {
  const found = files && (await ctx.index.ask('row', { files, ordinal, filter, sort }));
  if (!found) throw notFound(`Result ${ordinal}`);
  const { tries, previous, next } = found;
  return {
    ...shown(found.row),
    ...(await textsOf(ctx, found, found.row)),
    attempts: tries.length > 1 ? await Promise.all(tries.map((row) => attemptOf(ctx, found, row))) : [],
    previous,
    next,
  };
}

async function attemptOf(
  ctx: Pick<Context, 'blobs'>,
  sources: Sources,
  row: IndexedRow,
): Promise<AttemptDetail> {
  const { ordinal: _ordinal, customId: _customId, ...said } = shown(row);
  return { ...said, ...(await textsOf(ctx, sources, row)) };
}

async function textsOf(ctx: Pick<Context, 'blobs'>, sources: Sources, row: IndexedRow) {
  const { request, response } = placesOf({ ...sources, row });
  return {
    errorMessage: row.errorMessage,
    request: await readText(ctx, request),
    response: response && (await readText(ctx, response)),
  };
}
