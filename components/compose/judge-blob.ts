import type { LineRules } from '#lib/jsonl/line-rules';
import type { Check } from './picked.ts';
import type { runJob } from './run-job.ts';

/** Has one file judged after the other, and tells how each comes along until its signal says that nobody cares. */
export function createJudging(run: typeof runJob) {
  let turns: Promise<unknown> = Promise.resolve();
  return (file: Blob, rules: LineRules, signal: AbortSignal, told: (check: Check) => void): Promise<void> => {
    const total = file.size;
    told({ state: 'checking', bytes: 0, total, rate: null });
    const judged = turns.then(() => {
      const began = performance.now();
      const onProgress = (bytes: number) => {
        const ms = performance.now() - began;
        if (!signal.aborted)
          told({ state: 'checking', bytes, total, rate: ms > 0 ? (bytes / ms) * 1000 : null });
      };
      return run({ kind: 'check', file, rules }, { signal, onProgress });
    });
    turns = judged.catch(() => {});
    return judged.then(
      (summary) => {
        if (!signal.aborted) told({ state: 'done', summary });
      },
      (error: unknown) => {
        if (!signal.aborted) told(failure(error));
      },
    );
  };
}

export function failure(error: unknown): Check {
  const message = error instanceof Error ? error.message : 'The file could not be read. Choose it again.';
  return { state: 'failed', message };
}
