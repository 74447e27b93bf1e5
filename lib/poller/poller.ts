import 'server-only';
import { setImmediate as othersRun } from 'node:timers/promises';
import { workPart } from '#lib/batches/work-part';
import type { Context } from '#lib/context';
import { breakOff, claimDue, type DuePart } from '#lib/store/claims';
import { startChores } from './chores.ts';
import { schedule } from './schedule.ts';
import { openSlots } from './slots.ts';

export type Poller = {
  wake(): void;
  /** Takes nothing new and waits for what is under way, for at most `drainMs`; what collects on is broken off then. */
  stop(): Promise<void>;
  alive(): boolean;
};

/** The clock: it owns when, never what. */
export function startPoller(ctx: Context): Poller {
  const working = new Map<Promise<void>, DuePart>();
  const slots = openSlots(schedule.slots);
  let running = true;
  let lastTick = Date.now();
  let rest: { end: () => void } | null = null;
  let woken = false;

  async function run(): Promise<void> {
    while (running) {
      woken = false;
      await takeDue().catch((error: unknown) =>
        ctx.log.error('The clock could not look for due parts.', { error }),
      );
      if (!woken) await pause();
    }
  }

  async function takeDue(): Promise<void> {
    for (;;) {
      lastTick = Date.now();
      const { full, most } = slots.room();
      const due = await claimDue(ctx.db, schedule.leaseMs, most, full);
      for (const part of due) start(part);
      // A store that answers at once would else let nothing but the clock run while there is much to do.
      await othersRun();
      if (due.length < most || !running) return;
    }
  }

  function start(part: DuePart): void {
    const connection = part.connectionId ?? '';
    slots.take(connection);
    const work = workPart(ctx, part, schedule).catch((error: unknown) => {
      const { partId, phase } = part;
      ctx.log.error('A step failed and will be taken again.', { part: partId, phase, error });
    });
    working.set(work, part);
    work.finally(() => {
      working.delete(work);
      slots.free(connection);
      wake();
    });
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

  async function handBack(): Promise<void> {
    const collecting = [...working.values()].filter(({ phase }) => phase === 'collecting');
    await Promise.allSettled(collecting.map((part) => breakOff(ctx.db, part)));
  }

  const loop = run();
  const chores = startChores(ctx);
  return {
    wake,
    alive: () => running && Date.now() - lastTick < 10 * schedule.tickMs + schedule.renewMs,
    async stop() {
      running = false;
      wake();
      const drained = Promise.allSettled([
        chores.stop(),
        loop.then(() => Promise.allSettled(working.keys())),
      ]);
      await atMost(schedule.drainMs, drained);
      await atMost(schedule.handBackMs, handBack());
    },
  };
}

function atMost(ms: number, work: Promise<unknown>): Promise<unknown> {
  return Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms).unref())]);
}
