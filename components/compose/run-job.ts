import type { Job, JobKind, Outcome } from './do-job.ts';
import type { FromWorker } from './file.worker.ts';

/** Work on a file, away from the page. A signal ends it at once. */
export function runJob<K extends JobKind>(
  job: Job<K>,
  { signal, onProgress }: { signal: AbortSignal; onProgress?: (bytes: number) => void },
): Promise<Outcome<K>> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = new Worker(new URL('./file.worker.ts', import.meta.url), { type: 'module' });
    const end = () => {
      worker.terminate();
      signal.removeEventListener('abort', stop);
    };
    const stop = () => {
      end();
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'progress') return onProgress?.(data.bytes);
      end();
      if (data.kind === 'done') resolve(data.outcome as Outcome<K>);
      else reject(new Error(data.message));
    };
    worker.onerror = () => {
      end();
      reject(new Error('The work on the file could not start. Reload the page and try again.'));
    };
    worker.postMessage(job);
  });
}
