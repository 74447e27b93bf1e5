import 'server-only';
import type { Context } from '#lib/context';
import { changes } from '#lib/model/comparison';
import type { PairFilter } from '#lib/model/comparison.schema';
import type { Compared } from './compare-orders.ts';
import type { Sides } from './compared.ts';
import { keptFew } from './kept-few.ts';

const searches = keptFew<Uint8Array>(8);

/** The pairs that a filter means, in their order. */
export async function pairsMeant(
  ctx: Pick<Context, 'index'>,
  sides: Sides,
  compared: Compared,
  { show = [], q }: PairFilter,
): Promise<number[]> {
  const wanted = new Set((show.length > 0 ? show : changes).map((change) => changes.indexOf(change) + 1));
  const named = q ? await namedIn(ctx, sides, q) : null;
  const found: number[] = [];
  for (let pair = 1; pair < compared.changes.length; pair++) {
    if (!wanted.has(compared.changes[pair] ?? 0)) continue;
    if (named === null || isNamed(pair, compared, named)) found.push(pair);
  }
  return found;
}

type Named = { first: Uint8Array; second: Uint8Array };

async function namedIn(
  { index }: Pick<Context, 'index'>,
  { first, second }: Sides,
  q: string,
): Promise<Named> {
  const of = async ({ files, key }: Sides['first']) =>
    files === null ? new Uint8Array() : searches(`${key} ${q}`, () => index.ask('named', { ...files, q }));
  const [one, other] = await Promise.all([of(first), of(second)]);
  return { first: one, second: other };
}

function isNamed(pair: number, { theirs, strangers }: Compared, named: Named): boolean {
  if (pair < theirs.length) return named.first[pair] === 1;
  return named.second[strangers[pair - theirs.length] ?? 0] === 1;
}

/** The ordinals of a pair on both sides; 0 where a side has none. */
export function ordinalsOf(pair: number, { theirs, strangers }: Compared): [first: number, second: number] {
  return pair < theirs.length ? [pair, theirs[pair] ?? 0] : [0, strangers[pair - theirs.length] ?? 0];
}
