import 'server-only';
import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type DocumentJob, type ReadDocument, readDocument } from './read-document.ts';
import { type FileJob, type ReadFile, readFile } from './read-file.ts';

const fewBytes = 256 * 1024;

/** A small document is read at once, a larger one in a thread: nobody else waits for a hundred thousand lines. */
export async function receiveDocument(
  job: DocumentJob,
  body: AsyncIterable<Uint8Array>,
): Promise<ReadDocument> {
  const pieces = body[Symbol.asyncIterator]();
  const first = await pieces.next();
  const second = first.done || first.value.length >= fewBytes ? null : await pieces.next();
  if (first.done || second?.done) return readDocument(job, resumed(first.done ? [] : [first.value], pieces));
  const early = second ? [first.value, second.value] : [first.value];
  return inThread<ReadDocument>(job, resumed(early, pieces));
}

export async function examineFile(job: FileJob, bytes: number): Promise<ReadFile> {
  return bytes <= fewBytes ? readFile(job) : inThread<ReadFile>(job, null);
}

/** The thread asks for each piece, and says what it has read as soon as it knows: the rest need not come then. */
async function inThread<Read>(
  job: DocumentJob | FileJob,
  body: AsyncGenerator<Uint8Array> | null,
): Promise<Read> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: job });
  try {
    for await (const [said] of on(worker, 'message', { close: ['exit'] })) {
      if (said !== null) return said as Read;
      const piece = await body?.next();
      const own = piece?.value ? new Uint8Array(piece.value) : null;
      worker.postMessage(own, own ? [own.buffer] : []);
    }
    throw new Error('The thread that reads a batch ended.');
  } finally {
    await worker.terminate();
    await body?.return(undefined);
  }
}

async function* resumed(early: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* early;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
