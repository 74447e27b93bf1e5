import 'server-only';
import { Worker } from 'node:worker_threads';
import type { BuildOrder, OrderName, Orders } from './index-orders.ts';
import { type IndexThread, takeThread } from './index-thread.ts';
import { streamOf } from './stream-of.ts';

/** Every open of an index happens in these threads: node:sqlite is synchronous, and a statement may take half a second. */
export type IndexPool = {
  /** Whoever no longer wants the answer says so by the signal, and the work ends soon. */
  ask<K extends OrderName>(
    name: K,
    order: Orders[K]['order'],
    signal?: AbortSignal,
  ): Promise<Orders[K]['answer']>;
  /** What an order yields, as fast as it is taken. */
  stream<K extends OrderName>(name: K, order: Orders[K]['order']): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
};

/**
 * Readers wait for no build, and a build that has all its bytes for none that may have to wait for more. Each kind of
 * build has a thread of its own, one after the other, which ends when there are none.
 */
export function openIndexPool(size = 2): IndexPool {
  const readers: (IndexThread | null)[] = Array.from({ length: size }, () => null);
  const builders = { whole: openBuilder(), coming: openBuilder() };
  let closed = false;

  function reader(): IndexThread {
    const running = readers.filter((thread) => thread !== null);
    const empty = readers.indexOf(null);
    const free = running.find((thread) => thread.load() === 0);
    if (free) return free;
    if (empty === -1) return running.reduce((a, b) => (b.load() < a.load() ? b : a));
    const started = takeThread(new Worker(new URL('./index-worker.ts', import.meta.url)), () => {
      if (readers[empty] === started) readers[empty] = null;
    });
    readers[empty] = started;
    return started;
  }

  return {
    async ask(name, order, signal) {
      if (closed) throw new Error('The index pool is closed.');
      if (name !== 'build') return reader().ask(name, order, { signal });
      return builders[isComing(order as BuildOrder) ? 'coming' : 'whole'].ask(name, order);
    },
    stream: (name, order) => streamOf((how) => reader().ask(name, order, how)),
    async close() {
      closed = true;
      await Promise.all([...readers, builders.whole, builders.coming].map((thread) => thread?.end()));
    },
  };
}

function isComing({ attempts }: BuildOrder): boolean {
  return attempts.some(({ parts }) => parts.some(({ segments }) => segments.some(({ coming }) => coming)));
}

/** Builds make much short-lived garbage: what a larger nursery would save in time it costs in memory. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 };
const idleMs = 30_000;

function openBuilder(): Pick<IndexThread, 'ask' | 'end'> {
  let thread: IndexThread | null = null;
  let idle: NodeJS.Timeout | undefined;

  function started(): IndexThread {
    clearTimeout(idle);
    if (thread) return thread;
    const worker = new Worker(new URL('./build-worker.ts', import.meta.url), { resourceLimits });
    const mine = takeThread(worker, () => {
      if (thread === mine) thread = null;
    });
    thread = mine;
    return mine;
  }

  return {
    async ask(name, order) {
      const mine = started();
      try {
        return await mine.ask(name, order);
      } finally {
        if (mine.load() === 0) idle = setTimeout(() => void mine.end(), idleMs).unref();
      }
    },
    async end() {
      clearTimeout(idle);
      await thread?.end();
    },
  };
}
