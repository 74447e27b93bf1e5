import 'server-only';
import { workPart } from '#lib/batches/work-part';
import type { Context } from '#lib/context';
import { claimDue } from '#lib/store/claims';
import { schedule } from './schedule.ts';
import { startSweeping } from './sweeping.ts';

export type Poller = {
  wake(): void;
  /** Takes nothing new and waits for what is under way, for at most `drainMs`. */
  stop(): Promise<void>;
  alive(): boolean;
};

/** The clock: it owns when, never what. */
export function startPoller(ctx: Context): Poller {
  const working = new Set<Promise<void>>();
  let running = true;
  let lastTick = Date.now();
  let rest: { end: () => void } | null = null;
  let woken = false;

  async function run(): Promise<void> {
    while (running) {
      lastTick = Date.now();
      woken = false;
      await takeDue().catch((error: unknown) =>
        ctx.log.error('The clock could not look for due parts.', { error }),
      );
      if (!woken) await pause();
    }
  }

  async function takeDue(): Promise<void> {
    const free = schedule.slots - working.size;
    if (free <= 0) return;
    for (const due of await claimDue(ctx.db, schedule.leaseMs, free)) {
      const work = workPart(ctx, due, schedule).catch((error: unknown) => {
        ctx.log.error('A step failed and will be taken again.', {
          part: due.partId,
          phase: due.phase,
          error,
        });
      });
      working.add(work);
      work.finally(() => {
        working.delete(work);
        wake();
      });
    }
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, schedule.tickMs);
      rest = {
        end() {
          clearTimeout(timer);
          resolve();
        },
      };
    });
  }

  function wake(): void {
    woken = true;
    rest?.end();
  }

  const loop = run();
  const sweeping = startSweeping(ctx);
  return {
    wake,
    alive: () => running && Date.now() - lastTick < 10 * schedule.tickMs + schedule.renewMs,
    async stop() {
      running = false;
      wake();
      await loop;
      const drained = Promise.allSettled([...working, sweeping.stop()]);
      await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, schedule.drainMs).unref())]);
    },
  };
}
