import 'server-only';
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '#lib/context';
import { fp } from '#lib/failpoint';
import { indexKeysIn, textKeyOf } from '#lib/store/blob-keys';
import { draftFolder } from './drafts.ts';
import type { Tariff } from './index/till.ts';
import { indexKeyFor, isOutdated } from './index-key.ts';
import type { Totals } from './index-orders.ts';
import type { AttemptResults } from './part-results.ts';
import { withSources } from './with-sources.ts';

type Hands = Pick<Context, 'blobs' | 'index' | 'env'>;
type How = { dialect: string; preset: string; tariff: Tariff };

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
  if (ended === 1) return { indexKey: key, totals: await build(ctx, how, attempts.slice(0, 1), { key }) };
  const base = await standingBase(ctx, standing);
  const built = indexKeyFor(batchId, `base-${stamp}`);
  if (base === null) await build(ctx, how, attempts.slice(0, 1), { key: built });
  const totals = await build(ctx, how, later, { key, base: base ?? built });
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
  await build(ctx, how, attempts.slice(0, 1), { key: base });
  if (retries) await build(ctx, how, attempts.slice(1), { key: retries, base });
}

async function standingBase({ blobs }: Hands, standing: string | null): Promise<string | null> {
  const [base] = indexKeysIn(standing ?? '');
  if (base === undefined || isOutdated(base)) return null;
  return (await blobs.size(base)) === null ? null : base;
}

/** Doing it again is harmless. */
async function build(
  ctx: Hands,
  how: How,
  attempts: AttemptResults[],
  { key, base }: { key: string; base?: string },
): Promise<Totals> {
  const folder = draftFolder(ctx.env.BATCHDECK_DATA_DIR);
  await mkdir(folder, { recursive: true });
  const draft = path.join(folder, randomUUID());
  const out = { index: `${draft}.sqlite`, text: `${draft}.text` };
  try {
    const totals = await withSources(ctx, attempts, base, (files) =>
      ctx.index.ask('build', { ...how, ...files, out }),
    );
    fp('index-built');
    // The index last: where it stands, its words do.
    for (const [name, file] of [
      [textKeyOf(key), out.text],
      [key, out.index],
    ] as const) {
      await ctx.blobs.delete(name);
      await ctx.blobs.putFile(name, file);
    }
    fp('index-kept');
    return totals;
  } finally {
    for (const file of Object.values(out)) await rm(file, { force: true });
  }
}
