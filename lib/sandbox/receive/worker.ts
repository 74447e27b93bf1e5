import 'server-only';
import { parentPort, workerData } from 'node:worker_threads';
import { type DocumentJob, readDocument } from './read-document.ts';
import { type FileJob, readFile } from './read-file.ts';

const ahead = 4;

/** Each null that goes out asks for a piece more; a null that comes in is the end of the body. */
async function* arriving(): AsyncGenerator<Uint8Array> {
  const pieces: (Uint8Array | null)[] = [];
  let wake = () => {};
  parentPort?.on('message', (piece: Uint8Array | null) => {
    pieces.push(piece);
    wake();
  });
  for (let n = 0; n < ahead; n++) parentPort?.postMessage(null);
  for (;;) {
    const piece = pieces.shift();
    if (piece === null) return;
    if (piece) {
      yield piece;
      parentPort?.postMessage(null);
    } else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}

const job = workerData as DocumentJob | FileJob;
parentPort?.postMessage(job.kind === 'document' ? await readDocument(job, arriving()) : await readFile(job));
