import 'server-only';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';
import { indexedBatch } from './indexed-batch.ts';
import { placesOf } from './places-of.ts';

/** The whole request or answer of one result, however long. */
export async function readResultBytes(
  ctx: Context,
  batchId: string,
  ordinal: number,
  side: 'request' | 'response',
): Promise<{ name: string; body: AsyncIterable<Uint8Array> }> {
  const { files } = await indexedBatch(ctx, batchId);
  const found = files && (await ctx.index.ask('row', { files, ordinal, filter: {} }));
  const place = found && placesOf(found)[side];
  if (!place) throw notFound(`The ${side} of result ${ordinal}`);
  return { name: `${ordinal}-${side}.json`, body: ctx.blobs.read(place.key, place) };
}
