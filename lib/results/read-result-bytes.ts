import 'server-only';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';
import { indexedBatch } from './indexed-batch.ts';

/** The whole request or answer of one result, however long. */
export async function readResultBytes(
  ctx: Context,
  batchId: string,
  ordinal: number,
  side: 'request' | 'response',
): Promise<{ name: string; body: AsyncIterable<Uint8Array> }> {
  const { indexFile, inputKey } = await indexedBatch(ctx, batchId);
  const found =
    indexFile === null ? null : await ctx.index.ask('row', { file: indexFile, ordinal, outcomes: [] });
  const place = side === 'request' ? found?.row.input : found?.row.output;
  const key = side === 'request' ? inputKey : found?.segments[found.row.output?.segment ?? -1];
  if (!place || key === undefined) throw notFound(`The ${side} of result ${ordinal}`);
  return { name: `${ordinal}-${side}.json`, body: ctx.blobs.read(key, place) };
}
