import 'server-only';
import { parentPort } from 'node:worker_threads';
import type { OrderName, Orders } from './index-orders.ts';
import type { Reply, Sent } from './index-thread.ts';

type Work<K extends OrderName> = { [N in K]: (order: Orders[N]['order']) => Orders[N]['answer'] };

/** A thread's own side: each order is worked on to its end, and what it throws goes back in words. */
export function takeOrders<K extends OrderName>(work: Work<K>): void {
  parentPort?.on('message', ({ id, name, order }: Sent) => {
    parentPort?.postMessage(replyTo(id, () => work[name as K](order)));
  });
}

function replyTo(id: number, work: () => unknown): Reply {
  try {
    return { id, answer: work() };
  } catch (error) {
    return { id, error: { message: error instanceof Error ? error.message : String(error) } };
  }
}
