import 'server-only';
import type { Context } from '#lib/context';
import { sweepBlobs } from '#lib/files/sweep-blobs';
import { clearDrafts } from '#lib/results/drafts';
import { takeTurn } from '#lib/store/settings';
import { schedule } from './schedule.ts';

/** Now and then one process of all frees what nothing points to. */
export function startSweeping(ctx: Context): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let work = Promise.resolve();
  const offer = setInterval(() => {
    work = work.then(() => clearOwn(ctx)).then(() => sweepInTurn(ctx, stopping.signal));
  }, schedule.sweepOfferMs);
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

async function sweepInTurn(ctx: Context, signal: AbortSignal): Promise<void> {
  try {
    if (signal.aborted || !(await takeTurn(ctx.db, 'swept-at', schedule.sweepMs))) return;
    const freed = await sweepBlobs(ctx, signal);
    if (freed > 0) ctx.log.info('Blobs that nothing points to were freed', { freed });
  } catch (error) {
    if (!signal.aborted) ctx.log.error('The sweep will be taken up again', { error });
  }
}
