import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** Loaded before the app: on SIGUSR2 it tells how long the main thread kept others waiting, and begins anew. */
const file = process.env.BENCH_LOOP;
if (isMainThread && file !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  process.on('SIGUSR2', () => {
    writeFileSync(`${file}.new`, String(delay.percentile(99) / 1e6));
    renameSync(`${file}.new`, file);
    delay.reset();
  });
}
