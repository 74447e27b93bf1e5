import 'server-only';
import { Worker } from 'node:worker_threads';
import type { LineRules } from '#lib/jsonl/line-rules';
import type { Summary } from '#lib/jsonl/validate';
import type { FromJudge, ToJudge } from './judge-worker.ts';

export type JudgeThread = {
  /** A buffer that came back, if one has. */
  block(): ArrayBuffer | null;
  push(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  finish(): Promise<Summary>;
  stop(): void;
};

type Thread = {
  worker: Worker;
  onTheWay: number;
  free: ArrayBuffer[];
  summary: Summary | null;
  failure: Error | null;
  changed: () => void;
  leave?: NodeJS.Timeout;
};

const mostOnTheWay = 6;
const keptIdleMs = 30_000;
/** A thread that has judged a file waits a while for the next: to start one costs as much as to judge 20 MB. */
let spare: Thread | null = null;

export function takeThread(rules: LineRules): JudgeThread {
  const thread = takeSpare() ?? startThread();
  const send = (order: ToJudge, transfer?: ArrayBuffer[]) => thread.worker.postMessage(order, transfer);
  const until = async (ready: () => boolean) => {
    while (!ready()) {
      if (thread.failure) throw thread.failure;
      await new Promise<void>((resolve) => {
        thread.changed = resolve;
      });
    }
  };
  send({ rules });
  return {
    block: () => thread.free.pop() ?? null,
    async push(bytes) {
      thread.onTheWay++;
      send({ bytes }, [bytes.buffer]);
      await until(() => thread.onTheWay < mostOnTheWay);
    },
    async finish() {
      send({ end: true });
      await until(() => thread.summary !== null);
      const { summary } = thread;
      keepSpare(thread);
      if (!summary) throw new Error('The thread that judges a file said nothing.');
      return summary;
    },
    stop: () => void thread.worker.terminate(),
  };
}

function startThread(): Thread {
  const worker = new Worker(new URL('./judge-worker.ts', import.meta.url));
  const thread: Thread = { worker, onTheWay: 0, free: [], summary: null, failure: null, changed: () => {} };
  worker.on('message', (said: FromJudge) => {
    if (said instanceof ArrayBuffer) {
      thread.free.push(said);
      thread.onTheWay--;
    } else thread.summary = said;
    thread.changed();
  });
  worker.on('error', (error) => {
    thread.failure = error instanceof Error ? error : new Error(String(error));
    thread.changed();
  });
  worker.on('exit', () => {
    thread.failure ??= new Error('The thread that judges a file ended.');
    if (spare === thread) spare = null;
    thread.changed();
  });
  return thread;
}

function takeSpare(): Thread | null {
  const thread = spare;
  spare = null;
  clearTimeout(thread?.leave);
  thread?.worker.ref();
  return thread;
}

function keepSpare(thread: Thread): void {
  if (spare) {
    void thread.worker.terminate();
    return;
  }
  thread.summary = null;
  thread.free = [];
  thread.worker.unref();
  thread.leave = setTimeout(() => void thread.worker.terminate(), keptIdleMs).unref();
  spare = thread;
}
