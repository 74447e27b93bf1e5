import 'server-only';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';
import type { Facets } from '#lib/model/result-facets';
import { indexedBatch } from './indexed-batch.ts';

export async function getFacets(ctx: Context, batchId: string): Promise<Facets> {
  const { files } = await indexedBatch(ctx, batchId);
  if (files === null) throw notFound('The results of this batch');
  return ctx.index.ask('facets', { files });
}
