import 'server-only';
import { rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import { readAnswers, readRequests } from './index/read-sources.ts';
import { RowWriter } from './index/row-writer.ts';
import { totalsOf } from './index/tally.ts';
import { TextWriter } from './index/text-file.ts';
import { type PriceBook, Till } from './index/till.ts';
import type { BuildOrder, Totals } from './index-orders.ts';
import { indexIndexes, indexTables, indexVersion } from './index-schema.ts';

/** Request lines become rows, answers fill them, and what fits nowhere is kept as an anomaly with its place. */
export function buildIndex(order: BuildOrder, helping: () => Worker | null, book: PriceBook): Totals {
  const helper = isLarge(order) ? helping() : null;
  rmSync(order.out.base, { force: true });
  const db = new DatabaseSync(order.out.base);
  const texts = new TextWriter(order.out.text);
  try {
    // The files are made durable when they are put among the blobs; until then a crash only costs the work.
    db.exec('pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive');
    db.exec('begin');
    db.exec(indexTables);
    const till = new Till(order.tariff, book);
    const rows = new RowWriter(db, readRequests(order.input.file, texts, helper), order.parts, till);
    readAnswers(order, rows, texts, helper);
    rows.end();
    db.exec(indexIndexes);
    note(db, {
      version: indexVersion,
      inputs: { 1: order.input.key },
      segments: order.parts.flatMap((part) => part.segments.map(({ key }) => key)),
      tally: rows.tally,
    });
    db.exec('commit');
    return { counts: rows.counts, ...totalsOf(rows.tally), spent: till.spent() };
  } finally {
    db.close();
    texts.close();
  }
}

const worthHelp = 16 * 1024 * 1024;

function isLarge({ input, parts }: BuildOrder): boolean {
  const files = [input.file, ...parts.flatMap(({ segments }) => segments.map(({ file }) => file))];
  return files.reduce((sum, file) => sum + statSync(file).size, 0) > worthHelp;
}

function note(db: DatabaseSync, notes: Record<string, unknown>): void {
  const insert = db.prepare('insert into meta values (?, ?)');
  for (const [name, value] of Object.entries(notes)) insert.run(name, JSON.stringify(value));
}
