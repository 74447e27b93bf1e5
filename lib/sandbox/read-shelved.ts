import 'server-only';
import path from 'node:path';
import type { Cancellation, Contents, ResultRole, SandboxBatch, Verdict } from './batch.ts';
import { courseOf } from './course.ts';
import { readJson } from './disk.ts';

/** A batch as it stands in its folder. */
export type Shelved = {
  batch: SandboxBatch;
  folder: string;
  verdict: Verdict | null;
  cancellation: Cancellation | null;
  /** Result files that were deleted. */
  removed: ResultRole[];
};

/** Null where the folder holds none. */
export async function readShelved(folder: string): Promise<Shelved | null> {
  const read = (name: string) => readJson(path.join(folder, `${name}.json`));
  const batch = (await read('meta')) as (SandboxBatch & Partial<Early>) | null;
  if (!batch) return null;
  const cancellation = (await read('cancellation')) as Cancellation | null;
  if (batch.durationMs !== undefined)
    return { ...fromEarly(batch as SandboxBatch & Early, folder), cancellation };
  const verdict = (await read('verdict')) as Verdict | null;
  const removed = ((await read('removed')) ?? []) as ResultRole[];
  return { batch, folder, verdict, cancellation, removed };
}

/** As batches were kept while there was one dialect: everything in one file. */
type Early = Pick<Contents, 'bytes' | 'requests' | 'failed' | 'silent'> & {
  durationMs: number;
  quiet: boolean;
};

function fromEarly(batch: SandboxBatch & Early, folder: string): Omit<Shelved, 'cancellation'> {
  const { durationMs, quiet, bytes, requests, failed, silent } = batch;
  const contents: Contents = {
    bytes,
    requests,
    failed,
    silent,
    expired: Array(101).fill(0),
    mark: batch.id,
    course: courseOf(durationMs, { quiet }),
  };
  return {
    batch: { ...batch, dialect: 'inline', order: null },
    folder,
    verdict: { at: batch.createdAt, contents },
    removed: [],
  };
}
