import 'server-only';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';
import type { FieldFacts } from '#lib/model/answer-field';
import { indexedBatch } from './indexed-batch.ts';

/** The fields of the answers that are JSON. None where no answer is. */
export async function listFields(ctx: Context, batchId: string): Promise<{ fields: FieldFacts[] }> {
  const { files } = await indexedBatch(ctx, batchId, { fields: [] });
  if (files === null) throw notFound('The results of this batch');
  return { fields: await ctx.index.ask('fields', { files }) };
}
