import 'server-only';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { nanoToDecimal } from '#lib/model/money';
import type { Flag, Outcome } from '#lib/model/result';
import type { Usage } from '#lib/model/usage';
import type { CountOrder, IndexedRow, RowAround, RowOrder, RowsOrder, RowsPage } from './index-orders.ts';

type Raw = Record<string, SQLInputValue> & { ordinal: number; outcome: Outcome };

/** One page by keyset, which is as quick at the end of a batch as at its start. */
export function readRows({ file, outcomes, after, limit }: RowsOrder): RowsPage {
  return withIndex(file, (db) => {
    const where = filter(outcomes);
    const rows = db
      .prepare(`select * from rows where ordinal > ? ${where.sql} order by ordinal limit ?`)
      .all(after, ...where.values, limit) as Raw[];
    return { rows: rows.map(asRow), segments: segmentsOf(db) };
  });
}

/** Walks the whole index, so a reader of many pages asks for it once. */
export function countRows({ file, outcomes }: CountOrder): number {
  return withIndex(file, (db) => {
    const where = filter(outcomes);
    const counted = db.prepare(`select count(*) as n from rows where 1 = 1 ${where.sql}`);
    return (counted.get(...where.values) as { n: number }).n;
  });
}

/** One row with its neighbours under the same filter. */
export function readRow({ file, ordinal, outcomes }: RowOrder): RowAround | null {
  return withIndex(file, (db) => {
    const row = db.prepare('select * from rows where ordinal = ?').get(ordinal) as Raw | undefined;
    if (!row) return null;
    const where = filter(outcomes);
    const beside = (compare: '<' | '>', direction: 'desc' | 'asc') =>
      db
        .prepare(
          `select ordinal from rows where ordinal ${compare} ? ${where.sql} order by ordinal ${direction} limit 1`,
        )
        .get(ordinal, ...where.values) as { ordinal: number } | undefined;
    return {
      row: asRow(row),
      previous: beside('<', 'desc')?.ordinal ?? null,
      next: beside('>', 'asc')?.ordinal ?? null,
      segments: segmentsOf(db),
    };
  });
}

function segmentsOf(db: DatabaseSync): string[] {
  const row = db.prepare("select value from meta where name = 'segments'").get() as { value: string };
  return JSON.parse(row.value) as string[];
}

function withIndex<T>(file: string, read: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return read(db);
  } finally {
    db.close();
  }
}

function filter(outcomes: Outcome[]): { sql: string; values: string[] } {
  if (outcomes.length === 0) return { sql: '', values: [] };
  return { sql: `and outcome in (${outcomes.map(() => '?').join(', ')})`, values: outcomes };
}

function asRow(raw: Raw): IndexedRow {
  const text = (name: string) => (raw[name] ?? null) as string | null;
  const number = (name: string) => (raw[name] ?? null) as number | null;
  const usage: Usage = {
    input: number('input'),
    output: number('output'),
    cachedRead: number('cached_read'),
    cacheWrite: number('cache_write'),
    reasoning: number('reasoning'),
    total: number('total'),
  };
  const cost = number('cost_nano');
  const segment = number('segment');
  return {
    ordinal: raw.ordinal,
    customId: text('custom_id') ?? '',
    outcome: raw.outcome,
    flags: (text('flags') ?? '').split(' ').filter((flag) => flag !== '') as Flag[],
    httpStatus: number('http_status'),
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
    group: text('error_group'),
    model: text('model'),
    finishReason: text('finish_reason'),
    usage: Object.values(usage).some((value) => value !== null) ? usage : null,
    cost: cost === null ? null : nanoToDecimal(cost),
    attempt: number('attempt') ?? 1,
    preview: text('preview') ?? '',
    input: { offset: number('in_offset') ?? 0, length: number('in_length') ?? 0 },
    output:
      segment === null
        ? null
        : { segment, offset: number('out_offset') ?? 0, length: number('out_length') ?? 0 },
  };
}
