import 'server-only';
import { rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import { fp } from '#lib/failpoint';
import { rangesOf } from './index/lines-in.ts';
import { RequestTable } from './index/request-table.ts';
import { RowWriter } from './index/row-writer.ts';
import { type Tally, totalsOf } from './index/tally.ts';
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
    for (const sql of indexesFor(rows.tally)) db.exec(sql);
    db.exec(groupCounts);
    note(db, {
      version: indexVersion,
      inputs: { 1: order.input.key },
      segments: order.parts.flatMap((part) => part.segments.map(({ key }) => key)),
      tally: rows.tally,
    });
    db.exec('commit');
    return { counts: rows.counts, ...totalsOf(rows.tally) };
  } finally {
    db.close();
  }
}

const worthHelp = 16 * 1024 * 1024;

function isLarge({ input, parts }: BuildOrder): boolean {
  const files = [input.file, ...parts.flatMap(({ segments }) => segments.map(({ file }) => file))];
  return files.reduce((sum, file) => sum + statSync(file).size, 0) > worthHelp;
}

function readRequests({ input: { file } }: BuildOrder, helper: Worker | null): RequestTable {
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

/** What no row knows sorts nothing. */
function indexesFor({ sums }: Tally): string[] {
  const needless = Object.keys(sums).filter((name) => sums[name as keyof typeof sums].known === 0);
  return Object.entries(indexIndexes).flatMap(([name, sql]) => (needless.includes(name) ? [] : [sql]));
}

const groupCounts = `
  with counted as (
    select error_group as id, count(*) as n, min(ordinal) as first, max(ordinal) as last
    from rows where error_group is not null group by error_group)
  update groups set count = n, first = counted.first, last = counted.last from counted where counted.id = groups.id`;

function note(db: DatabaseSync, notes: Record<string, unknown>): void {
  const insert = db.prepare('insert into meta values (?, ?)');
  for (const [name, value] of Object.entries(notes)) insert.run(name, JSON.stringify(value));
}
