import 'server-only';
import { parentPort } from 'node:worker_threads';
import { buildIndex } from './build-index.ts';
import type { OrderName, Orders } from './index-orders.ts';
import type { Reply } from './index-pool.ts';
import { countRows, readRow, readRows } from './read-index.ts';

const work: { [K in OrderName]: (order: Orders[K]['order']) => Orders[K]['answer'] } = {
  build: buildIndex,
  rows: readRows,
  count: countRows,
  row: readRow,
};

parentPort?.on('message', ({ id, name, order }: { id: number; name: OrderName; order: never }) => {
  parentPort?.postMessage(answer(id, name, order));
});

function answer(id: number, name: OrderName, order: never): Reply {
  try {
    return { id, answer: work[name](order) };
  } catch (error) {
    return { id, error: { message: error instanceof Error ? error.message : String(error) } };
  }
}
