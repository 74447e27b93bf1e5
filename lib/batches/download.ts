import 'server-only';
import { createHash } from 'node:crypto';
import type { Context } from '#lib/context';
import { fp } from '#lib/failpoint';
import type { OverPhase } from '#lib/model/phase';
import type { ResultSource } from '#lib/providers/provider';
import type { Ahead } from '#lib/results/build-ahead';
import { indexAhead } from './index-ahead.ts';
import type { PartJob } from './part-job.ts';
import { type Reading, wholeLines } from './whole-lines.ts';

export type Download = {
  /** One blob a source that brought anything. */
  segments: string[];
  lines: number;
  sha256: string;
  broken: Error | null;
  /** An index of them that was begun; to be dropped where they are not taken for whole. */
  ahead: Ahead | null;
};

/**
 * Every source, one after the other, to disk once, under keys that hold our fence; only a step makes them visible.
 * What comes of one that breaks off is kept up to its last whole line. The first is the longest: it is read last,
 * so that the index can be built while it comes.
 */
export async function download(
  ctx: Context,
  job: PartJob,
  sources: ResultSource[],
  end: OverPhase,
): Promise<Download> {
  const whole: Download = { segments: [], lines: 0, sha256: '', broken: null, ahead: null };
  const hashes: string[] = [];
  for (const [n, source] of [...sources.entries()].reverse()) {
    const key = `results/${job.batch.id}/${job.part.id}-${job.claim.fence}-${n}.jsonl`;
    const reading: Reading = { lines: 0, broken: null };
    const segments = [key, ...whole.segments];
    if (n === 0 && whole.broken === null) whole.ahead = await indexAhead(ctx, job, end, segments);
    const stored = await kept(ctx, key, wholeLines(opened(source), job.signal, reading), whole.ahead);
    hashes.unshift(`${stored.sha256}\n`);
    if (stored.bytes > 0) whole.segments = segments;
    else await ctx.blobs.delete(key);
    whole.lines += reading.lines;
    whole.broken ??= reading.broken;
  }
  return { ...whole, sha256: createHash('sha256').update(hashes.join('')).digest('hex') };
}

async function kept(ctx: Context, key: string, lines: AsyncIterable<Uint8Array>, ahead: Ahead | null) {
  try {
    const stored = await ctx.blobs.put(key, lines, ahead?.watch);
    fp('result-kept');
    return stored;
  } catch (error) {
    ahead?.drop();
    throw error;
  }
}

/** Opened only when the one before has been read. */
async function* opened({ open }: ResultSource): AsyncGenerator<Uint8Array> {
  yield* await open();
}
