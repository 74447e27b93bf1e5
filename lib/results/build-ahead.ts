import 'server-only';
import { linkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Watch } from '#lib/blobs/blobs';
import { buildDraft, type Draft, draftPath, type Hands, type Made } from './build-draft.ts';
import { comingBlocks, giveUp, tellCome } from './index/blocks.ts';
import type { IndexPool } from './index-pool.ts';

/** An index that is built while the last of its bytes come. */
export type Ahead = {
  /** Told by the store how far the segment has come. */
  watch: Watch;
  /** They will not come, or are of no use. */
  drop(): void;
};

type Begun = { name: string; draft: Promise<Draft | null>; leave: NodeJS.Timeout | undefined };

/** One a process: for others the index is built when all has come. */
const begun = new WeakMap<IndexPool, Begun>();

/** Less is built in no time when it is there. */
const worthBytes = 4 * 1024 * 1024;
/** What nobody has taken by then was not what was wanted. */
const untakenMs = 60_000;

/**
 * Begins once so much of a segment has come that it is worth it. What is built is work for nothing, and nothing worse,
 * unless `takeAhead` wants just that.
 */
export async function buildAhead(ctx: Hands, segment: string, wanted: () => Promise<Made>): Promise<Ahead> {
  const coming = { key: segment, file: `${await draftPath(ctx)}.jsonl`, blocks: comingBlocks() };
  const mine: Begun = { name: '', draft: Promise.resolve(null), leave: undefined };
  let over = false;
  const drop = () => {
    over = true;
    giveUp(coming.blocks);
    if (begun.get(ctx.index) === mine) begun.delete(ctx.index);
    void mine.draft.then((draft) => draft?.remove());
  };
  const build = async (): Promise<Draft | null> => {
    try {
      const made = await wanted();
      mine.name = nameOf(made);
      return await buildDraft(ctx, made, coming);
    } catch {
      // What is wrong shows when it is built again, where it counts.
      return null;
    } finally {
      await rm(coming.file, { force: true });
      if (!over) mine.leave = setTimeout(drop, untakenMs).unref();
    }
  };
  return {
    drop,
    watch(writing, bytes, isAll) {
      tellCome(coming.blocks, bytes, isAll);
      if (over || bytes < worthBytes || begun.has(ctx.index)) return;
      over = isAll || !linked(writing, coming.file);
      if (over) return;
      begun.set(ctx.index, mine);
      mine.draft = build();
    },
  };
}

/** The draft that was begun of the same, as soon as it is finished; null where there is none, or another took it. */
export async function takeAhead({ index }: Hands, made: Made): Promise<Draft | null> {
  const found = begun.get(index);
  if (found?.name !== nameOf(made)) return null;
  const draft = await found.draft;
  if (begun.get(index) !== found) return null;
  clearTimeout(found.leave);
  begun.delete(index);
  return draft;
}

function nameOf({ how, attempts, base }: Made): string {
  return JSON.stringify([how.dialect, how.preset, how.tariff, attempts, base]);
}

/** A second name, for the first one goes when all is written. */
function linked(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch {
    return false;
  }
}
