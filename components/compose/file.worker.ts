import type { LineRules } from '#lib/jsonl/line-rules';
import type { Repair } from '#lib/model/repair';
import { checkFile } from './check-file.ts';
import { hashFile } from './hash-file.ts';
import { mergeFiles, type Part } from './merge-files.ts';
import { NotAFile, type Told } from './read-through.ts';
import { repairBlob } from './repair-blob.ts';

export type Job =
  | { kind: 'check'; file: Blob; rules: LineRules }
  | { kind: 'hash'; file: Blob }
  | { kind: 'repair'; file: Blob; repairs: Repair[]; rules: LineRules }
  | { kind: 'merge'; parts: Part[]; rules: LineRules };

const does = {
  check: (job: Extract<Job, { kind: 'check' }>, told: Told) => checkFile(job.file, job.rules, told),
  hash: (job: Extract<Job, { kind: 'hash' }>, told: Told) => hashFile(job.file, told),
  repair: (job: Extract<Job, { kind: 'repair' }>, told: Told) =>
    repairBlob(job.file, job.repairs, job.rules, told),
  merge: (job: Extract<Job, { kind: 'merge' }>, told: Told) => mergeFiles(job.parts, job.rules, told),
};

export type Outcome<K extends Job['kind']> = Awaited<ReturnType<(typeof does)[K]>>;
export type FromWorker =
  | { kind: 'progress'; bytes: number }
  | { kind: 'done'; outcome: unknown }
  | { kind: 'failed'; message: string };

const say = (message: FromWorker) => self.postMessage(message);

/** One job a worker: whoever cancels ends the worker. */
self.onmessage = async ({ data: job }: MessageEvent<Job>) => {
  try {
    const run = does[job.kind] as (job: Job, told: Told) => Promise<unknown>;
    say({ kind: 'done', outcome: await run(job, (bytes) => say({ kind: 'progress', bytes })) });
  } catch (error) {
    const known = error instanceof NotAFile;
    say({ kind: 'failed', message: known ? error.message : 'The file could not be read. Choose it again.' });
  }
};
