import { type CheckedFile, checkFile, NotAFile } from './check-file.ts';

export type FromWorker =
  | { kind: 'progress'; bytes: number }
  | ({ kind: 'done' } & CheckedFile)
  | { kind: 'failed'; message: string };

const say = (message: FromWorker) => self.postMessage(message);

/** One file a worker: whoever cancels ends the worker. */
self.onmessage = async ({ data: file }: MessageEvent<File>) => {
  try {
    say({ kind: 'done', ...(await checkFile(file, (bytes) => say({ kind: 'progress', bytes }))) });
  } catch (error) {
    const known = error instanceof NotAFile;
    say({ kind: 'failed', message: known ? error.message : 'The file could not be read. Choose it again.' });
  }
};
