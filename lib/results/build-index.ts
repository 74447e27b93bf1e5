import 'server-only';
import { statSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import { buildRetries } from './build-retries.ts';
import { ColumnWriter } from './index/columns.ts';
import { GroupCounts } from './index/group-counts.ts';
import { Names } from './index/interned.ts';
import { newIndex, note } from './index/new-index.ts';
import { readAnswers, readRequests, segmentsOf } from './index/read-sources.ts';
import { columnsOf, RowWriter } from './index/row-writer.ts';
import { count, emptyTally, told } from './index/tally.ts';
import { type PriceBook, Till } from './index/till.ts';
import type { BuildOrder, Totals } from './index-orders.ts';
import { indexIndexes } from './index-schema.ts';

export function buildIndex(order: BuildOrder, helping: () => Worker | null, book: PriceBook): Totals {
  const helper = isLarge(order) ? helping() : null;
  return order.base === null
    ? buildBase(order, helper, book)
    : buildRetries({ ...order, base: order.base }, helper, book);
}

/** Request lines become rows, answers fill them, and what fits nowhere is kept as an anomaly with its place. */
function buildBase(order: BuildOrder, helper: Worker | null, book: PriceBook): Totals {
  const [attempt] = order.attempts;
  if (!attempt) throw new Error('An index was to be built of no attempt.');
  return newIndex(order.out, (db, texts) => {
    const tally = emptyTally();
    const columns = new ColumnWriter(db);
    const groups = new GroupCounts();
    const hands = { texts, helper };
    const till = new Till(order.tariff, book);
    const requests = readRequests(attempt, inOrder, hands);
    const rows = new RowWriter(db, new Names(db), { requests, attempt, till }, (row) => {
      columns.add(columnsOf(row));
      count(tally, row.cells, row.model);
      if (row.group !== null) groups.add(row.group, row.ordinal);
    });
    readAnswers(attempt, order, 0, rows, hands);
    rows.end();
    columns.end();
    groups.write(db);
    db.exec(indexIndexes.base);
    note(db, {
      inputs: { [attempt.n]: attempt.input.key },
      segments: segmentsOf(attempt),
      tally,
      used: tally.sums,
      spent: till.spent(),
    });
    return told(rows.counts, tally, { used: tally.sums, spent: till.spent() });
  });
}

function inOrder(run: { lengths: Uint32Array }, before: number): Uint32Array {
  return run.lengths.map((_, n) => before + n + 1);
}

const worthHelp = 16 * 1024 * 1024;

function isLarge({ attempts }: BuildOrder): boolean {
  const files = attempts.flatMap(({ input, parts }) => [input, ...parts.flatMap(({ segments }) => segments)]);
  if (files.some(({ coming }) => coming)) return true;
  return files.reduce((sum, { file }) => sum + statSync(file).size, 0) > worthHelp;
}
