import 'server-only';
import { MessageChannel, type MessagePort, receiveMessageOnPort, type Worker } from 'node:worker_threads';
import { type Blocks, comes, demandWhole, isThere, news, next, tellNews, used } from './blocks.ts';
import { buffersOf, type DigestOf, digest, type Task } from './digest.ts';
import { OpenFiles } from './open-files.ts';

/** What a helping thread is sent: the file, by whose counters both threads take its blocks, and where to answer. */
export type Job = { task: Task; port: MessagePort };
type Done = { n: number; made?: DigestOf<Task>; error?: string };

/** So far may one thread run ahead of the other, which bounds what lies ready in memory. */
const ahead = 16;
const stopped = 2 ** 30;
const patienceMs = 10_000;

/**
 * Digests in the order of the blocks, as these come. With a helper, whichever thread is free takes the next one.
 * A task is worked through once.
 */
export function* digestsOf<T extends Task>(task: T, helper: Worker | null): Generator<DigestOf<T>> {
  const files = new OpenFiles();
  try {
    if (helper) yield* together(task, files, helper);
    else for (let n = 0; comes(task.blocks, n); n++) yield digest(task, n, files);
    demandWhole(task.blocks);
  } finally {
    files.close();
  }
}

function* together<T extends Task>(task: T, files: OpenFiles, helper: Worker): Generator<DigestOf<T>> {
  const { blocks } = task;
  const { port1: port, port2 } = new MessageChannel();
  helper.postMessage({ task, port: port2 } satisfies Job, [port2]);
  const ready = new Map<number, DigestOf<T>>();
  try {
    for (let turn = 0; comes(blocks, turn); ) {
      const seen = Atomics.load(blocks, news);
      for (const { n, made, error } of received<T>(port)) {
        if (!made) throw new Error(error);
        if (n >= turn) ready.set(n, made);
      }
      const made = ready.get(turn);
      if (made) {
        ready.delete(turn);
        yield made;
        turn += 1;
        Atomics.store(blocks, used, turn);
        Atomics.notify(blocks, used);
        continue;
      }
      const mine = takeNext(blocks, turn);
      if (mine !== null) ready.set(mine, digest(task, mine, files));
      // A helper that died took its block with it.
      else if (Atomics.wait(blocks, news, seen, patienceMs) === 'timed-out') {
        ready.set(turn, digest(task, turn, files));
      }
    }
  } finally {
    Atomics.store(blocks, next, stopped);
    Atomics.store(blocks, used, stopped);
    Atomics.notify(blocks, used);
    tellNews(blocks);
    port.close();
  }
}

/** Nothing that is still to come: meanwhile what the helper has made can be used. */
function takeNext(blocks: Blocks, turn: number): number | null {
  const free = Atomics.load(blocks, next);
  if (free >= turn + ahead || !isThere(blocks, free)) return null;
  return Atomics.compareExchange(blocks, next, free, free + 1) === free ? free : null;
}

function* received<T extends Task>(port: MessagePort): Generator<Done & { made?: DigestOf<T> }> {
  for (let sent = receiveMessageOnPort(port); sent; sent = receiveMessageOnPort(port)) yield sent.message;
}

/** The helper's side: takes blocks until there are none, never too far ahead of their use. */
export function help({ task, port }: Job): void {
  const { blocks } = task;
  const files = new OpenFiles();
  for (;;) {
    const n = Atomics.add(blocks, next, 1);
    for (let turn = Atomics.load(blocks, used); n >= turn + ahead; turn = Atomics.load(blocks, used)) {
      Atomics.wait(blocks, used, turn);
    }
    if (Atomics.load(blocks, used) >= stopped || !comes(blocks, n)) break;
    const made = answerTo(n, task, files);
    port.postMessage(made, made.made ? buffersOf(made.made) : []);
    tellNews(blocks);
  }
  files.close();
  port.close();
}

function answerTo(n: number, task: Task, files: OpenFiles): Done {
  try {
    return { n, made: digest(task, n, files) };
  } catch (error) {
    return { n, error: error instanceof Error ? error.message : String(error) };
  }
}
