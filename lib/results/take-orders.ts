import 'server-only';
import { setImmediate as breathe } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import type { OrderName, Orders } from './index-orders.ts';
import type { Reply, Sent, Told } from './index-thread.ts';

type Answer<N extends OrderName> = Orders[N]['answer'];
/** Yields nothing where it may pause, and bytes where it streams. */
export type Slices<A> = Generator<Uint8Array<ArrayBuffer> | undefined, A>;
type Work<K extends OrderName> = {
  [N in K]: (order: Orders[N]['order']) => Answer<N> | Promise<Answer<N>> | Slices<Answer<N>>;
};

type Running = { calledOff: boolean; wanted: number; wake: () => void };

const sliceMs = 10;
/** So many pieces of a stream may be on their way. */
const piecesAhead = 2;

/** A thread's own side. Long work pauses now and then, so that short orders pass it and it can be called off. */
export function takeOrders<K extends OrderName>(work: Work<K>): void {
  const running = new Map<number, Running>();
  parentPort?.on('message', async (sent: Sent) => {
    if (!('say' in sent)) {
      const mine: Running = { calledOff: false, wanted: piecesAhead, wake: () => {} };
      running.set(sent.id, mine);
      const reply = await carryOut(sent.id, () => work[sent.name as K](sent.order), mine);
      running.delete(sent.id);
      parentPort?.postMessage(reply);
      return;
    }
    const other = running.get(sent.id);
    if (!other) return;
    if (sent.say === 'more') other.wanted += 1;
    else other.calledOff = true;
    other.wake();
  });
}

async function carryOut(id: number, begin: () => unknown, running: Running): Promise<Reply> {
  try {
    const begun = begin();
    return { id, answer: isSliced(begun) ? await finish(id, begun, running) : await begun };
  } catch (error) {
    return { id, error: told(error) };
  }
}

function told(error: unknown): Told {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, code, errcode } = error as Error & { code?: unknown; errcode?: unknown };
  return { message, ...(code === undefined ? {} : { code }), ...(errcode === undefined ? {} : { errcode }) };
}

export function isSliced<A>(begun: A | Slices<A>): begun is Slices<A> {
  return typeof (begun as Partial<Slices<A>> | null)?.next === 'function';
}

async function finish(id: number, slices: Slices<unknown>, running: Running): Promise<unknown> {
  for (let began = performance.now(); !running.calledOff; ) {
    const { done, value } = slices.next();
    if (done) return value;
    if (value instanceof Uint8Array) {
      parentPort?.postMessage({ id, piece: value } satisfies Reply, [value.buffer]);
      running.wanted -= 1;
      while (running.wanted === 0 && !running.calledOff) await woken(running);
    } else if (performance.now() - began < sliceMs) continue;
    await breathe();
    began = performance.now();
  }
  slices.return(undefined);
  throw new Error('The order was called off.');
}

function woken(running: Running): Promise<void> {
  return new Promise((resolve) => {
    running.wake = resolve;
  });
}
