import 'server-only';
import { Worker } from 'node:worker_threads';
import type { OrderName, Orders } from './index-orders.ts';

/** Every open of an index happens in these threads: node:sqlite is synchronous, and a statement may take half a second. */
export type IndexPool = {
  ask<K extends OrderName>(name: K, order: Orders[K]['order']): Promise<Orders[K]['answer']>;
  close(): Promise<void>;
};

type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void };
type Thread = { worker: Worker; waiting: Map<number, Waiting> };
export type Reply = { id: number; answer?: unknown; error?: { message: string } };

export function openIndexPool(size = 2): IndexPool {
  const threads: (Thread | null)[] = Array.from({ length: size }, () => null);
  let asked = 0;
  let closed = false;

  function freest(): Thread {
    const empty = threads.indexOf(null);
    const busy = threads.filter((thread) => thread !== null);
    const idle = busy.find((thread) => thread.waiting.size === 0);
    if (idle) return idle;
    if (empty !== -1) return start(empty);
    return busy.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a));
  }

  function start(place: number): Thread {
    const worker = new Worker(new URL('./index-worker.ts', import.meta.url));
    const thread: Thread = { worker, waiting: new Map() };
    worker.on('message', (reply: Reply) => settle(thread, reply));
    worker.on('error', (error) =>
      drop(place, thread, error instanceof Error ? error : new Error(String(error))),
    );
    worker.on('exit', () => drop(place, thread, new Error('An index worker ended.')));
    worker.unref();
    threads[place] = thread;
    return thread;
  }

  function drop(place: number, thread: Thread, error: Error): void {
    if (threads[place] === thread) threads[place] = null;
    for (const { reject } of thread.waiting.values()) reject(error);
    thread.waiting.clear();
  }

  return {
    ask(name, order) {
      if (closed) return Promise.reject(new Error('The index pool is closed.'));
      const thread = freest();
      asked += 1;
      const id = asked;
      return new Promise((resolve, reject) => {
        thread.waiting.set(id, { resolve, reject });
        thread.worker.ref();
        thread.worker.postMessage({ id, name, order });
      });
    },
    async close() {
      closed = true;
      await Promise.all(threads.map((thread) => thread?.worker.terminate()));
    },
  };
}

function settle(thread: Thread, reply: Reply): void {
  const waiting = thread.waiting.get(reply.id);
  thread.waiting.delete(reply.id);
  if (thread.waiting.size === 0) thread.worker.unref();
  if (!waiting) return;
  if (reply.error) waiting.reject(new Error(reply.error.message));
  else waiting.resolve(reply.answer as never);
}
