import 'server-only';
import { forgetTurns } from '#lib/auth/throttle';
import { warnOfDeadlines } from '#lib/batches/warn-of-deadlines';
import type { Context } from '#lib/context';
import { sweepBlobs } from '#lib/files/sweep-blobs';
import { forgetReplays } from '#lib/replays/forget-replays';
import { clearDrafts } from '#lib/results/drafts';
import { takeTurn } from '#lib/store/settings';
import { schedule } from './schedule.ts';

type Chore = { name: string; everyMs: number; work: (ctx: Context, signal: AbortSignal) => Promise<void> };

const chores: Chore[] = [
  {
    name: 'swept-at',
    everyMs: schedule.sweepMs,
    async work(ctx, signal) {
      const freed = await sweepBlobs(ctx, signal);
      if (freed > 0) ctx.log.info('Blobs that nothing points to were freed', { freed });
    },
  },
  { name: 'warned-at', everyMs: schedule.warnMs, work: warnOfDeadlines },
  {
    name: 'forgot-at',
    everyMs: schedule.forgetMs,
    async work(ctx) {
      await forgetReplays(ctx);
      await forgetTurns(ctx.db, ctx.clock());
    },
  },
];

/** Now and then one process of all does what belongs to no part. */
export function startChores(ctx: Context): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let work = Promise.resolve();
  const offer = setInterval(() => {
    work = work.then(() => clearOwn(ctx));
    for (const chore of chores) work = work.then(() => inTurn(ctx, chore, stopping.signal));
  }, schedule.offerMs);
  return {
    async stop() {
      clearInterval(offer);
      stopping.abort();
      await work;
    },
  };
}

/** Drafts lie in each process's own folder, and the others cannot see them. */
async function clearOwn({ env, log }: Context): Promise<void> {
  await clearDrafts(env.BATCHDECK_DATA_DIR, Date.now() - schedule.draftMs).catch((error: unknown) =>
    log.warn('Drafts could not be cleared', { error }),
  );
}

async function inTurn(ctx: Context, { name, everyMs, work }: Chore, signal: AbortSignal): Promise<void> {
  try {
    if (!signal.aborted && (await takeTurn(ctx.db, name, everyMs))) await work(ctx, signal);
  } catch (error) {
    if (!signal.aborted) ctx.log.error('A chore will be taken up again', { chore: name, error });
  }
}
