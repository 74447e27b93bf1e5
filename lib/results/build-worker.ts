import 'server-only';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { buildIndex } from './build-index.ts';
import { takeOrders } from './take-orders.ts';

const resourceLimits = { maxYoungGenerationSizeMb: 16 };
let helper: Worker | null = null;

/** A second pair of hands, started when a build is large enough to be worth it. */
function helping(): Worker | null {
  if (availableParallelism() < 2) return null;
  helper ??= new Worker(new URL('./help-worker.ts', import.meta.url), { resourceLimits }).on('exit', () => {
    helper = null;
  });
  return helper;
}

takeOrders({ build: (order) => buildIndex(order, helping) });
