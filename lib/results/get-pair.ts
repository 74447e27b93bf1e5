import 'server-only';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';
import type { PairDetail, SideAnswer } from '#lib/model/comparison';
import type { PairFilter } from '#lib/model/comparison.schema';
import { type PairAt, pairsAt } from './compare-batches.ts';
import { comparedOf, openSides } from './compared.ts';
import { saidIn } from './index/mark-answers.ts';
import { pairsMeant } from './pairs-meant.ts';
import { placesOf } from './places-of.ts';

/** So much of a line is read and parsed; what is longer is shown as it came. */
const mostBytes = 8 * 1024 * 1024;
const mostCharacters = 256 * 1024;

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

async function answerAt({ blobs }: Pick<Context, 'blobs'>, at: PairAt['first']): Promise<SideAnswer | null> {
  const place = at && placesOf({ ...at.sources, row: at.row }).response;
  if (!place) return null;
  const length = Math.min(place.length, mostBytes);
  const chunks = await Array.fromAsync(blobs.read(place.key, { ...place, length }));
  const { text, isJson } = saidIn(new TextDecoder().decode(Buffer.concat(chunks)), 2);
  const cut = text.length > mostCharacters || length < place.length;
  return { text: text.slice(0, mostCharacters).toWellFormed(), isJson, characters: text.length, cut };
}
