import 'server-only';
import { fp } from '#lib/failpoint';
import { indexKeysIn, textKeyOf } from '#lib/store/blob-keys';
import { takeAhead } from './build-ahead.ts';
import { buildDraft, type Hands, type How, type Made } from './build-draft.ts';
import { indexKeyFor, isOutdated } from './index-key.ts';
import type { Totals } from './index-orders.ts';
import type { AttemptResults } from './part-results.ts';

export type Collection = How & {
  batchId: string;
  attempts: AttemptResults[];
  /** The attempt that has ended. Only what it changes is built. */
  ended: number;
  /** Makes the keys the collector's own: who loses the claim leaves orphans, never a wrong index. */
  stamp: string;
  /** What is published now. */
  standing: string | null;
};

/** Builds what an attempt has brought: the base of a batch, or for a retry what stands beside it. */
export async function collectResults(
  ctx: Hands,
  { batchId, attempts, ended, stamp, standing, ...how }: Collection,
): Promise<{ indexKey: string; totals: Totals }> {
  const key = indexKeyFor(batchId, stamp);
  const later = attempts.filter(({ n }) => n > 1);
  const first = { how, attempts: attempts.slice(0, 1) };
  if (ended === 1) return { indexKey: key, totals: await build(ctx, first, key) };
  const base = await standingBase(ctx, standing);
  const built = indexKeyFor(batchId, `base-${stamp}`);
  if (base === null) await build(ctx, first, built);
  const totals = await build(ctx, { how, attempts: later, base: base ?? built }, key);
  return { indexKey: `${base ?? built} ${key}`, totals };
}

/** Builds everything again, under new keys or under those that stand. */
export async function collectAgain(
  ctx: Hands,
  how: How,
  attempts: AttemptResults[],
  indexKey: string,
): Promise<void> {
  const [base = '', retries] = indexKeysIn(indexKey);
  await build(ctx, { how, attempts: attempts.slice(0, 1) }, base);
  if (retries) await build(ctx, { how, attempts: attempts.slice(1), base }, retries);
}

async function standingBase({ blobs }: Hands, standing: string | null): Promise<string | null> {
  const [base] = indexKeysIn(standing ?? '');
  if (base === undefined || isOutdated(base)) return null;
  return (await blobs.size(base)) === null ? null : base;
}

/** One that was begun while its bytes came is taken, and else it is made now. */
async function build(ctx: Hands, made: Made, key: string): Promise<Totals> {
  const draft = (await takeAhead(ctx, made)) ?? (await buildDraft(ctx, made));
  try {
    fp('index-built');
    // The index last: where it stands, its words do.
    for (const [name, file] of [
      [textKeyOf(key), draft.text],
      [key, draft.index],
    ] as const) {
      await ctx.blobs.delete(name);
      await ctx.blobs.putFile(name, file);
    }
    fp('index-kept');
    return draft.totals;
  } finally {
    await draft.remove();
  }
}
