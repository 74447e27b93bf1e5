import 'server-only';
import { randomUUID } from 'node:crypto';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '#lib/context';
import { draftFolder } from './drafts.ts';
import type { Blocks } from './index/blocks.ts';
import type { Tariff } from './index/till.ts';
import type { Totals } from './index-orders.ts';
import type { AttemptResults } from './part-results.ts';
import { withSources } from './with-sources.ts';

export type Hands = Pick<Context, 'blobs' | 'index' | 'env'>;
export type How = { dialect: string; preset: string; tariff: Tariff };
/** All an index is made of, by its keys: the same makes the same. */
export type Made = { how: How; attempts: AttemptResults[]; base?: string };

/** An index that stands beside the blobs and becomes some of them. */
export type Draft = { totals: Totals; index: string; text: string; remove: () => Promise<void> };

/** A segment that is still being written: where it can be read meanwhile, and how far it has come. */
export type Coming = { key: string; file: string; blocks: Blocks };

/** Doing it again is harmless. */
export async function buildDraft(ctx: Hands, made: Made, coming?: Coming): Promise<Draft> {
  const draft = await draftPath(ctx);
  const out = { index: `${draft}.sqlite`, text: `${draft}.text` };
  const remove = async () => {
    for (const file of Object.values(out)) await rm(file, { force: true });
  };
  const atRest = keepSyncing(out.text);
  try {
    const totals = await withSources(ctx, made, coming, (files) =>
      ctx.index.ask('build', { ...made.how, ...files, out }),
    );
    await atRest();
    return { totals, ...out, remove };
  } catch (error) {
    await atRest().catch(() => {});
    await remove();
    throw error;
  }
}

const syncMs = 100;

/**
 * Sends the words to the disk while they are written: they are most of it, and in the end little is left to wait for.
 * A disk tells of bytes it lost to whoever syncs first, and to nobody after: who ends this hears of it.
 */
function keepSyncing(file: string): () => Promise<void> {
  let kept = 0;
  let under: Promise<void> | null = null;
  const timer = setInterval(() => {
    if (under !== null) return;
    under = syncedBeyond(file, kept).then((size) => {
      kept = size;
      under = null;
    });
    under.catch(() => {});
  }, syncMs);
  return async () => {
    clearInterval(timer);
    await under;
  };
}

/** Syncs what has grown since, and answers how long it is. A file that is not there yet has no bytes to lose. */
async function syncedBeyond(file: string, kept: number): Promise<number> {
  const size = (await stat(file).catch(() => null))?.size ?? 0;
  if (size === kept) return kept;
  const handle = await open(file, 'r+');
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
  return size;
}

/** Where a draft may be written, without its ending. */
export async function draftPath({ env }: Pick<Context, 'env'>): Promise<string> {
  const folder = draftFolder(env.BATCHDECK_DATA_DIR);
  await mkdir(folder, { recursive: true });
  return path.join(folder, randomUUID());
}
