import { doJob, type Job } from './do-job.ts';
import { NotAFile } from './read-through.ts';

export type FromWorker =
  | { kind: 'progress'; bytes: number }
  | { kind: 'done'; outcome: unknown }
  | { kind: 'failed'; message: string };

const say = (message: FromWorker) => self.postMessage(message);

/** One job a worker: whoever cancels ends the worker. */
self.onmessage = async ({ data: job }: MessageEvent<Job>) => {
  try {
    say({ kind: 'done', outcome: await doJob(job, (bytes) => say({ kind: 'progress', bytes })) });
  } catch (error) {
    const known = error instanceof NotAFile;
    say({ kind: 'failed', message: known ? error.message : 'The file could not be read. Choose it again.' });
  }
};
