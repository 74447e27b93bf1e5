import 'server-only';
import { MessageChannel, type MessagePort, receiveMessageOnPort, type Worker } from 'node:worker_threads';
import { buffersOf, type DigestOf, digest, type Task } from './digest.ts';
import { OpenFiles } from './open-files.ts';

/** What a helping thread is sent: the tasks, the counters by which both threads take them, and where to answer. */
export type Job = { tasks: Task[]; counters: Int32Array; port: MessagePort };
type Done = { n: number; made?: DigestOf<Task>; error?: string };

/** Places in the counters: the next task to take, how many have been used up, how many the helper has done. */
const next = 0;
const used = 1;
const done = 2;

/** So far may one thread run ahead of the other, which bounds what lies ready in memory. */
const ahead = 16;
const stopped = 2 ** 30;
const patienceMs = 10_000;

/** Digests in the order of their tasks. With a helper, whichever thread is free takes the next one. */
export function* digestsOf<T extends Task>(tasks: T[], helper: Worker | null): Generator<DigestOf<T>> {
  const files = new OpenFiles();
  try {
    if (helper) yield* together(tasks, files, helper);
    else for (const task of tasks) yield digest(task, files);
  } finally {
    files.close();
  }
}

function* together<T extends Task>(tasks: T[], files: OpenFiles, helper: Worker): Generator<DigestOf<T>> {
  const counters = new Int32Array(new SharedArrayBuffer(12));
  const { port1: port, port2 } = new MessageChannel();
  helper.postMessage({ tasks, counters, port: port2 } satisfies Job, [port2]);
  const ready = new Map<number, DigestOf<T>>();
  try {
    for (let turn = 0; turn < tasks.length; ) {
      const seen = Atomics.load(counters, done);
      for (const { n, made, error } of received<T>(port)) {
        if (!made) throw new Error(error);
        if (n >= turn) ready.set(n, made);
      }
      const made = ready.get(turn);
      if (made) {
        ready.delete(turn);
        yield made;
        turn += 1;
        Atomics.store(counters, used, turn);
        Atomics.notify(counters, used);
        continue;
      }
      const mine =
        Atomics.load(counters, next) < turn + ahead ? Atomics.add(counters, next, 1) : tasks.length;
      const task = tasks[mine];
      if (task) ready.set(mine, digest(task, files));
      // A helper that died took its task with it.
      else if (Atomics.wait(counters, done, seen, patienceMs) === 'timed-out') {
        ready.set(turn, digest(tasks[turn] as T, files));
      }
    }
  } finally {
    Atomics.store(counters, next, stopped);
    Atomics.store(counters, used, stopped);
    Atomics.notify(counters, used);
    port.close();
  }
}

function* received<T extends Task>(port: MessagePort): Generator<Done & { made?: DigestOf<T> }> {
  for (let sent = receiveMessageOnPort(port); sent; sent = receiveMessageOnPort(port)) yield sent.message;
}

/** The helper's side: takes tasks until there are none, never too far ahead of their use. */
export function help({ tasks, counters, port }: Job): void {
  const files = new OpenFiles();
  for (;;) {
    const n = Atomics.add(counters, next, 1);
    const task = tasks[n];
    if (!task) break;
    for (let turn = Atomics.load(counters, used); n >= turn + ahead; turn = Atomics.load(counters, used)) {
      Atomics.wait(counters, used, turn);
    }
    if (Atomics.load(counters, used) >= stopped) break;
    const made = answerTo(n, task, files);
    port.postMessage(made, made.made ? buffersOf(made.made) : []);
    Atomics.add(counters, done, 1);
    Atomics.notify(counters, done);
  }
  files.close();
  port.close();
}

function answerTo(n: number, task: Task, files: OpenFiles): Done {
  try {
    return { n, made: digest(task, files) };
  } catch (error) {
    return { n, error: error instanceof Error ? error.message : String(error) };
  }
}
