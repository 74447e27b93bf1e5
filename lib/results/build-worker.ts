import 'server-only';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { buildIndex } from './build-index.ts';
import type { PriceBook } from './index/till.ts';
import type { BuildOrder } from './index-orders.ts';
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

/** The book is large and opened where there is something to price. */
async function bookFor({ tariff }: BuildOrder): Promise<PriceBook> {
  if (tariff.list === null) return () => null;
  return (await import('./price-book.ts')).priceOf;
}

takeOrders({ build: async (order) => buildIndex(order, helping, await bookFor(order)) });
