import 'server-only';
import { parentPort, workerData } from 'node:worker_threads';
import { type DocumentJob, readDocument } from './read-document.ts';
import { type FileJob, readFile } from './read-file.ts';

/** One reading, then the end. Each piece that was used up is answered with null; a null that comes in is the end of the body. */
async function* arriving(): AsyncGenerator<Uint8Array> {
  let pieces: (Uint8Array | null)[] = [];
  let wake = () => {};
  parentPort?.on('message', (piece: Uint8Array | null) => {
    pieces.push(piece);
    wake();
  });
  for (;;) {
    const [piece] = pieces;
    if (piece === null) return;
    if (piece === undefined) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      continue;
    }
    pieces = pieces.slice(1);
    yield piece;
    parentPort?.postMessage(null);
  }
}

const job = workerData as DocumentJob | FileJob;
parentPort?.postMessage(job.kind === 'document' ? await readDocument(job, arriving()) : await readFile(job));
