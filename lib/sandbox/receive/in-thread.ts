import 'server-only';
import { Worker } from 'node:worker_threads';
import { type DocumentJob, type ReadDocument, readDocument } from './read-document.ts';
import { type FileJob, type ReadFile, readFile } from './read-file.ts';

const fewBytes = 256 * 1024;
const mostOnTheWay = 4;

/** A small document is read at once, a larger one in a thread: nobody else waits for a hundred thousand lines. */
export async function receiveDocument(
  job: DocumentJob,
  body: AsyncIterable<Uint8Array>,
): Promise<ReadDocument> {
  const pieces = body[Symbol.asyncIterator]();
  const first = await pieces.next();
  const second = first.done || first.value.length >= fewBytes ? null : await pieces.next();
  if (first.done || second?.done) return readDocument(job, once(first.done ? [] : [first.value]));
  const early = second ? [first.value, second.value] : [first.value];
  return inThread<ReadDocument>(job, resumed(early, pieces));
}

export async function examineFile(job: FileJob, bytes: number): Promise<ReadFile> {
  return bytes <= fewBytes ? readFile(job) : inThread<ReadFile>(job, once([]));
}

async function inThread<Read>(job: DocumentJob | FileJob, body: AsyncIterable<Uint8Array>): Promise<Read> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: job });
  const state: { onTheWay: number; read: Read | null; failure: Error | null } = {
    onTheWay: 0,
    read: null,
    failure: null,
  };
  let changed = () => {};
  worker.on('message', (said: Read | null) => {
    if (said) state.read = said;
    else state.onTheWay--;
    changed();
  });
  worker.on('error', (error) => {
    state.failure = error instanceof Error ? error : new Error(String(error));
    changed();
  });
  worker.on('exit', () => {
    state.failure ??= new Error('The thread that reads a batch ended.');
    changed();
  });
  const until = async (ready: () => boolean): Promise<void> => {
    while (!ready() && !state.read) {
      if (state.failure) throw state.failure;
      await new Promise<void>((resolve) => {
        changed = resolve;
      });
    }
  };
  try {
    for await (const bytes of body) {
      const own = new Uint8Array(bytes);
      state.onTheWay++;
      worker.postMessage(own, [own.buffer]);
      await until(() => state.onTheWay < mostOnTheWay);
      // What it has seen is enough to refuse: the rest need not come.
      if (state.read) break;
    }
    worker.postMessage(null);
    await until(() => false);
    if (!state.read) throw new Error('The thread that reads a batch said nothing.');
    return state.read;
  } finally {
    await worker.terminate();
  }
}

async function* once(pieces: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

async function* resumed(early: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* early;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
