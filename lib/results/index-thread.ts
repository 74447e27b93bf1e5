import 'server-only';
import type { Worker } from 'node:worker_threads';
import type { OrderName, Orders } from './index-orders.ts';

/** A thread that takes orders and answers each of them, or ends and takes those it has not answered with it. */
export type IndexThread = {
  /** How many orders it has not answered yet. */
  load(): number;
  ask<K extends OrderName>(name: K, order: Orders[K]['order']): Promise<Orders[K]['answer']>;
  end(): Promise<unknown>;
};

export type Sent = { id: number; name: OrderName; order: never };
export type Reply = { id: number; answer?: unknown; error?: { message: string } };
type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void };

export function takeThread(worker: Worker, onEnd: () => void): IndexThread {
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  const drop = (error: unknown) => {
    onEnd();
    const reason = error instanceof Error ? error : new Error(String(error));
    for (const { reject } of waiting.values()) reject(reason);
    waiting.clear();
  };
  worker.on('error', drop);
  worker.on('exit', () => drop('An index worker ended.'));
  worker.on('message', ({ id, answer, error }: Reply) => {
    const asker = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    if (error) asker?.reject(new Error(error.message));
    else asker?.resolve(answer as never);
  });
  worker.unref();
  return {
    load: () => waiting.size,
    ask(name, order) {
      asked += 1;
      const id = asked;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ id, name, order });
      });
    },
    end: () => worker.terminate(),
  };
}
