import type { runJob } from './run-job.ts';

/** One hash for each version of a file, begun as soon as it is there, one after the other. */
export function createHashes(run: typeof runJob) {
  const known = new Map<Blob, { sha256: Promise<string>; stop: AbortController }>();
  let turns: Promise<unknown> = Promise.resolve();

  function begin(blob: Blob): Promise<string> {
    const stop = new AbortController();
    const sha256 = turns.then(() => run({ kind: 'hash', file: blob }, { signal: stop.signal }));
    turns = sha256.catch(() => known.delete(blob));
    known.set(blob, { sha256, stop });
    return sha256;
  }

  return {
    of: (blob: Blob): Promise<string> => known.get(blob)?.sha256 ?? begin(blob),
    /** What is no longer to be sent needs no hash. */
    keepOnly(blobs: ReadonlySet<Blob | null>): void {
      for (const [blob, { stop }] of known) {
        if (blobs.has(blob)) continue;
        stop.abort();
        known.delete(blob);
      }
    },
  };
}
