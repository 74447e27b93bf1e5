import 'server-only';
import type { Worker } from 'node:worker_threads';
import type { OrderName, Orders } from './index-orders.ts';

/** What goes to a thread: an order, or that one is called off, or that more of what it streams is wanted. */
export type Sent = { id: number; name: OrderName; order: never } | { id: number; say: 'call-off' | 'more' };
/** What comes back: a piece of a stream, or the end. */
export type Reply = { id: number; piece?: Uint8Array; answer?: unknown; error?: Told };
/** An error crosses as what is acted on: its words, and the codes that name a full disk. */
export type Told = { message: string; code?: unknown; errcode?: unknown };

type Asker = {
  piece?: (bytes: Uint8Array) => void;
  resolve: (value: never) => void;
  reject: (error: Error) => void;
};
export type Ask = { signal?: AbortSignal; piece?: (bytes: Uint8Array, more: () => void) => void };

/** A thread that takes orders and answers each of them, or ends and takes those it has not answered with it. */
export type IndexThread = {
  /** How many orders it has not answered yet. */
  load(): number;
  ask<K extends OrderName>(name: K, order: Orders[K]['order'], how?: Ask): Promise<Orders[K]['answer']>;
  end(): Promise<unknown>;
};

export function takeThread(worker: Worker, onEnd: () => void): IndexThread {
  const waiting = new Map<number, Asker>();
  let asked = 0;
  const settle = (id: number): Asker | undefined => {
    const asker = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    return asker;
  };
  const drop = (error: unknown) => {
    onEnd();
    const reason = error instanceof Error ? error : new Error(String(error));
    for (const id of [...waiting.keys()]) settle(id)?.reject(reason);
  };
  worker.on('error', drop);
  worker.on('exit', () => drop('An index worker ended.'));
  worker.on('message', ({ id, piece, answer, error }: Reply) => {
    if (piece) waiting.get(id)?.piece?.(piece);
    else if (error) settle(id)?.reject(Object.assign(new Error(error.message), error));
    else settle(id)?.resolve(answer as never);
  });
  worker.unref();
  return {
    load: () => waiting.size,
    ask(name, order, { signal, piece } = {}) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      asked += 1;
      const id = asked;
      const send = (sent: object) => worker.postMessage({ id, ...sent });
      return new Promise((resolve, reject) => {
        const callOff = () => {
          send({ say: 'call-off' });
          settle(id)?.reject(signal?.reason);
        };
        signal?.addEventListener('abort', callOff, { once: true });
        const done =
          <T>(end: (value: T) => void) =>
          (value: T) => {
            signal?.removeEventListener('abort', callOff);
            end(value);
          };
        const taken = piece && ((bytes: Uint8Array) => piece(bytes, () => send({ say: 'more' })));
        waiting.set(id, { piece: taken, resolve: done(resolve), reject: done(reject) });
        worker.ref();
        send({ name, order });
      });
    },
    end: () => worker.terminate(),
  };
}
