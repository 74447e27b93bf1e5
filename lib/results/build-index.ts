import 'server-only';
import { rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import { fp } from '#lib/failpoint';
import type { Usage } from '#lib/model/usage';
import { rangesOf } from './index/lines-in.ts';
import { RequestTable } from './index/request-table.ts';
import { RowWriter } from './index/row-writer.ts';
import { digestsOf } from './index/two-hands.ts';
import type { BuildOrder, Totals } from './index-orders.ts';
import { indexIndexes, indexTables, indexVersion } from './index-schema.ts';

/** Request lines become rows, answers fill them, and what fits nowhere is kept as an anomaly with its place. */
export function buildIndex(order: BuildOrder, helping: () => Worker | null): Totals {
  const helper = isLarge(order) ? helping() : null;
  rmSync(order.out, { force: true });
  const db = new DatabaseSync(order.out);
  try {
    // The file is made durable when it is put among the blobs; until then a crash only costs the work.
    db.exec('pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive');
    db.exec('begin');
    db.exec(indexTables);
    const rows = new RowWriter(db, readRequests(order, helper), order.parts);
    placeAnswers(rows, order, helper);
    rows.unanswered();
    db.exec(indexIndexes);
    const keys = order.parts.flatMap((part) => part.segments.map(({ key }) => key));
    const note = db.prepare('insert into meta values (?, ?)');
    note.run('version', String(indexVersion));
    note.run('segments', JSON.stringify(keys));
    db.exec('commit');
    return { counts: rows.counts, ...sums(db) };
  } finally {
    db.close();
  }
}

const worthHelp = 16 * 1024 * 1024;

function isLarge({ input, parts }: BuildOrder): boolean {
  const files = [input, ...parts.flatMap(({ segments }) => segments.map(({ file }) => file))];
  return files.reduce((sum, file) => sum + statSync(file).size, 0) > worthHelp;
}

function readRequests({ input: file }: BuildOrder, helper: Worker | null): RequestTable {
  const tasks = rangesOf(file).map((range) => ({ kind: 'requests' as const, file, range }));
  return new RequestTable([...counted(digestsOf(tasks, helper))]);
}

function placeAnswers(rows: RowWriter, { parts, dialect, preset }: BuildOrder, helper: Worker | null): void {
  const segments = parts.flatMap(({ segments, attempt }) => segments.map(({ file }) => ({ file, attempt })));
  const tasks = segments.flatMap(({ file, attempt }, segment) =>
    rangesOf(file).map((range) => ({
      kind: 'answers' as const,
      file,
      range,
      dialect,
      preset,
      segment,
      attempt,
    })),
  );
  let n = 0;
  for (const digest of counted(digestsOf(tasks, helper))) {
    const { segment = 0, attempt = 1 } = tasks[n] ?? {};
    rows.answers(digest, segment, attempt);
    n += 1;
  }
}

function* counted<T>(digests: Iterable<T>): Generator<T> {
  for (const digest of digests) {
    yield digest;
    fp('index-chunk');
  }
}

function sums(db: DatabaseSync): Pick<Totals, 'usage' | 'costNano'> {
  const { costNano, ...usage } = db
    .prepare(
      `select sum(input) as input, sum(output) as output, sum(cached_read) as cachedRead, sum(cache_write) as cacheWrite,
        sum(reasoning) as reasoning, sum(total) as total, sum(cost_nano) as costNano from rows`,
    )
    .get() as Usage & { costNano: number | null };
  const known = Object.values(usage).some((value) => value !== null);
  return { usage: known ? { ...usage } : null, costNano };
}
