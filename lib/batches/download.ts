import 'server-only';
import { createHash } from 'node:crypto';
import type { Context } from '#lib/context';
import { fp } from '#lib/failpoint';
import type { ResultSource } from '#lib/providers/provider';
import type { PartJob } from './part-job.ts';
import { type Reading, wholeLines } from './whole-lines.ts';

export type Download = {
  /** One blob a source that brought anything. */
  segments: string[];
  lines: number;
  sha256: string;
  broken: Error | null;
};

/**
 * Every source, one after the other, to disk once, under keys that hold our fence; only a step makes them visible.
 * What comes of one that breaks off is kept up to its last whole line.
 */
export async function download(ctx: Context, job: PartJob, sources: ResultSource[]): Promise<Download> {
  const whole: Download = { segments: [], lines: 0, sha256: '', broken: null };
  const hash = createHash('sha256');
  for (const [n, source] of sources.entries()) {
    const key = `results/${job.batch.id}/${job.part.id}-${job.claim.fence}-${n}.jsonl`;
    const reading: Reading = { lines: 0, broken: null };
    const stored = await ctx.blobs.put(key, wholeLines(opened(source), job.signal, reading));
    fp('result-kept');
    hash.update(`${stored.sha256}\n`);
    if (stored.bytes > 0) whole.segments.push(key);
    else await ctx.blobs.delete(key);
    whole.lines += reading.lines;
    whole.broken ??= reading.broken;
  }
  return { ...whole, sha256: hash.digest('hex') };
}

/** Opened only when the one before has been read. */
async function* opened({ open }: ResultSource): AsyncGenerator<Uint8Array> {
  yield* await open();
}
