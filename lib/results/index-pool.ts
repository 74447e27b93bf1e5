import 'server-only';
import { Worker } from 'node:worker_threads';
import type { OrderName, Orders } from './index-orders.ts';
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

/** Builds make much short-lived garbage: what a larger nursery would save in time it costs in memory. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 };
const idleMs = 30_000;

/** Readers wait for no build: those have a thread of their own, one after the other, which ends when there are none. */
export function openIndexPool(size = 2): IndexPool {
  const readers: (IndexThread | null)[] = Array.from({ length: size }, () => null);
  let builder: IndexThread | null = null;
  let idle: NodeJS.Timeout | undefined;
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

  function builderThread(): IndexThread {
    clearTimeout(idle);
    if (builder) return builder;
    const worker = new Worker(new URL('./build-worker.ts', import.meta.url), { resourceLimits });
    const started = takeThread(worker, () => {
      if (builder === started) builder = null;
    });
    builder = started;
    return started;
  }

  async function build<K extends OrderName>(
    name: K,
    order: Orders[K]['order'],
  ): Promise<Orders[K]['answer']> {
    const thread = builderThread();
    try {
      return await thread.ask(name, order);
    } finally {
      if (thread.load() === 0) idle = setTimeout(() => void thread.end(), idleMs).unref();
    }
  }

  return {
    async ask(name, order, signal) {
      if (closed) throw new Error('The index pool is closed.');
      return name === 'build' ? build(name, order) : reader().ask(name, order, { signal });
    },
    stream: (name, order) => streamOf((how) => reader().ask(name, order, how)),
    async close() {
      closed = true;
      clearTimeout(idle);
      await Promise.all([...readers, builder].map((thread) => thread?.end()));
    },
  };
}
