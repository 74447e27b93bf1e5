import 'server-only';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Blobs } from '#lib/blobs/blobs';
import type { RepairReport } from '#lib/model/repair';
import type { FromRepair, RepairJob, ToRepair } from './repair-worker.ts';

/** A stored file as the repairs leave it, worked out in a thread. Returns what they did. */
export async function* repairedBytes(
  blobs: Blobs,
  blobKey: string,
  job: RepairJob,
): AsyncGenerator<Uint8Array, RepairReport> {
  const worker = new Worker(new URL('./repair-worker.ts', import.meta.url));
  const tell = (order: ToRepair) => worker.postMessage(order);
  async function* answersTo(source: AsyncIterable<Uint8Array> | Uint8Array[]) {
    for await (const bytes of source) yield ask(bytes);
    yield ask(null);
  }
  async function ask(bytes: Uint8Array | null): Promise<FromRepair> {
    const answered = once(worker, 'message');
    tell({ bytes });
    const [answer] = await answered;
    return answer as FromRepair;
  }
  try {
    tell({ job });
    const needsIds = job.repairs.some(({ kind }) => kind === 'add_ids' || kind === 'unique_ids');
    for await (const _ of answersTo(needsIds ? blobs.read(blobKey) : []));
    let report: RepairReport | null = null;
    for await (const answer of answersTo(blobs.read(blobKey))) {
      for (const piece of answer.pieces) {
        if (piece instanceof Uint8Array) yield piece;
        else yield* blobs.read(blobKey, { offset: piece.from, length: piece.to - piece.from });
      }
      report = answer.report;
    }
    if (!report) throw new Error('The thread that repairs a file said nothing at its end.');
    return report;
  } finally {
    void worker.terminate();
  }
}
