import 'server-only';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';
import type { PairDetail, SideAnswer } from '#lib/model/comparison';
import type { PairFilter } from '#lib/model/comparison.schema';
import { type PairAt, pairsAt } from './compare-batches.ts';
import { comparedOf, openSides } from './compared.ts';
import { pairsMeant } from './pairs-meant.ts';
import { placesOf } from './places-of.ts';

/** One request with both its answers, and its neighbours among the pairs that are meant. */
export async function getPair(
  ctx: Context,
  batchId: string,
  pair: number,
  filter: PairFilter,
): Promise<PairDetail> {
  const sides = await openSides(ctx, batchId, filter);
  const compared = await comparedOf(ctx, sides);
  if (!compared?.changes[pair]) throw notFound(`Pair ${pair}`);
  const [[at], meant] = await Promise.all([
    pairsAt(ctx, sides, compared, [pair]),
    pairsMeant(ctx, sides, compared, filter),
  ]);
  if (!at) throw notFound(`Pair ${pair}`);
  const [first, second] = await Promise.all([answerAt(ctx, at.first), answerAt(ctx, at.second)]);
  const behind = meant.findIndex((other) => other >= pair);
  const next = meant[behind] === pair ? meant[behind + 1] : meant[behind];
  const previous = behind === -1 ? meant.at(-1) : meant[behind - 1];
  return { ...at.row, answers: { first, second }, previous: previous ?? null, next: next ?? null };
}

async function answerAt(
  { blobs, index }: Pick<Context, 'blobs' | 'index'>,
  at: PairAt['first'],
): Promise<SideAnswer | null> {
  const place = at && placesOf({ ...at.sources, row: at.row }).response;
  return place && index.ask('said', { file: await blobs.localPath(place.key), place });
}
