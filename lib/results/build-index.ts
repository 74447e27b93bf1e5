import 'server-only';
import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { fp } from '#lib/failpoint';
import { createLineSplitter, type Line } from '#lib/jsonl/split-lines';
import { type Outcome, outcomes, type ResultRecord } from '#lib/model/result';
import type { Usage } from '#lib/model/usage';
import { providerFor } from '#lib/providers/registry';
import type { BuildOrder, PartInput, Totals } from './index-orders.ts';
import { indexIndexes, indexTables, indexVersion } from './index-schema.ts';
import { requestOf } from './request-id.ts';

/** Request lines become rows, answers fill them, and what fits nowhere is kept as an anomaly with its place. */
export function buildIndex(order: BuildOrder): Totals {
  rmSync(order.out, { force: true });
  const db = new DatabaseSync(order.out);
  try {
    // The file is made durable when it is put among the blobs; until then a crash only costs the work.
    db.exec('pragma journal_mode = off; pragma synchronous = off');
    db.exec('begin');
    db.exec(indexTables);
    insertRequests(db, order);
    fillAnswers(db, order);
    db.exec(indexIndexes);
    const keys = order.parts.flatMap((part) => part.segments.map(({ key }) => key));
    const note = db.prepare('insert into meta values (?, ?)');
    note.run('version', String(indexVersion));
    note.run('segments', JSON.stringify(keys));
    db.exec('commit');
    return totals(db, order.parts);
  } finally {
    db.close();
  }
}

function insertRequests(db: DatabaseSync, order: BuildOrder): void {
  const insert = db.prepare(
    'insert into rows (ordinal, custom_id, model, outcome, error_code, error_message, error_group, preview, attempt, in_offset, in_length) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  let ordinal = 0;
  eachLine(order.input, (bytes, offset) => {
    const request = requestOf(bytes);
    if (!request) return;
    ordinal += 1;
    const part = order.parts.find(({ first, last }) => ordinal >= first && ordinal <= last);
    const refused = part?.refused ?? null;
    insert.run(
      ordinal,
      request.customId,
      request.model,
      refused ? 'failed' : (part?.unanswered ?? 'missing'),
      refused?.code ?? null,
      refused?.message ?? null,
      refused?.code ?? null,
      refused?.message.slice(0, 200) ?? '',
      part?.attempt ?? 1,
      offset + request.start,
      request.length,
    );
  });
}

function fillAnswers(db: DatabaseSync, order: BuildOrder): void {
  const provider = providerFor(order.dialect, order.preset);
  const statements = {
    find: db.prepare('select ordinal, outcome, segment from rows where custom_id = ?'),
    fill: db.prepare(fillSql),
    anomaly: db.prepare(
      'insert into anomalies (kind, custom_id, segment, out_offset, out_length) values (?, ?, ?, ?, ?)',
    ),
  };
  let segment = 0;
  for (const part of order.parts) {
    for (const { file } of part.segments) {
      const n = segment;
      eachLine(file, (bytes, offset) => {
        if (isBlank(bytes)) return;
        place(
          statements,
          provider.readLine(bytes),
          { segment: n, offset, length: bytes.length },
          part.attempt,
        );
      });
      segment += 1;
    }
  }
}

const fillSql = `update rows set outcome = ?, flags = ?, http_status = ?, error_code = ?, error_message = ?, error_group = ?,
  model = coalesce(?, model), finish_reason = ?, input = ?, output = ?, cached_read = ?, cache_write = ?, reasoning = ?,
  total = ?, cost_nano = ?, attempt = ?, segment = ?, out_offset = ?, out_length = ?, preview = ? where ordinal = ?`;

type Statements = Record<'find' | 'fill' | 'anomaly', StatementSync>;
type At = { segment: number; offset: number; length: number };

/** The first answer to a request is its answer; later ones, strangers and unreadable lines are anomalies. */
function place(statements: Statements, record: ResultRecord, at: At, attempt: number): void {
  const strange = (kind: string) =>
    statements.anomaly.run(kind, record.customId, at.segment, at.offset, at.length);
  if (record.customId === null) return void strange('unparseable');
  const row = statements.find.get(record.customId) as
    | { ordinal: number; outcome: Outcome; segment: number | null }
    | undefined;
  if (!row) return void strange('unknown');
  if (row.segment !== null) return void strange(row.outcome === record.outcome ? 'duplicate' : 'conflicting');
  const usage = record.usage;
  statements.fill.run(
    record.outcome,
    record.flags.join(' '),
    record.httpStatus,
    record.errorCode,
    record.errorMessage,
    record.outcome === 'succeeded' ? null : (record.errorCode ?? record.outcome),
    record.model,
    record.finishReason,
    usage?.input ?? null,
    usage?.output ?? null,
    usage?.cachedRead ?? null,
    usage?.cacheWrite ?? null,
    usage?.reasoning ?? null,
    usage?.total ?? null,
    record.costNano,
    attempt,
    at.segment,
    at.offset,
    at.length,
    record.preview,
    row.ordinal,
  );
}

function totals(db: DatabaseSync, parts: PartInput[]): Totals {
  const byOutcome = db.prepare(
    'select outcome, count(*) as n from rows where ordinal between ? and ? group by outcome',
  );
  const counts = parts.map(({ first, last }) => {
    const found = new Map(
      (byOutcome.all(first, last) as { outcome: Outcome; n: number }[]).map(({ outcome, n }) => [outcome, n]),
    );
    return Object.fromEntries(outcomes.map((outcome) => [outcome, found.get(outcome) ?? 0])) as Record<
      Outcome,
      number
    >;
  });
  const sums = db
    .prepare(
      `select sum(input) as input, sum(output) as output, sum(cached_read) as cachedRead, sum(cache_write) as cacheWrite,
        sum(reasoning) as reasoning, sum(total) as total, sum(cost_nano) as costNano from rows`,
    )
    .get() as Usage & { costNano: number | null };
  const { costNano, ...usage } = sums;
  const known = Object.values(usage).some((value) => value !== null);
  return { counts, usage: known ? { ...usage } : null, costNano };
}

const chunkBytes = 1 << 20;

function eachLine(file: string, onLine: (bytes: Uint8Array, offset: number, length: number) => void): void {
  const splitter = createLineSplitter({ maxLineBytes: 512 * 1024 * 1024 });
  // A line beyond the limit has no bytes; nothing can be made of it but an unreadable one.
  const take = (line: Line) => onLine(line.bytes ?? new Uint8Array(), line.offset, line.length);
  const fd = openSync(file, 'r');
  try {
    for (;;) {
      // A fresh buffer each time: the splitter may hand out views of it.
      const buffer = new Uint8Array(chunkBytes);
      const read = readSync(fd, buffer, 0, chunkBytes, null);
      if (read === 0) break;
      splitter.push(buffer.subarray(0, read), take);
      fp('index-chunk');
    }
    splitter.end(take);
  } finally {
    closeSync(fd);
  }
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
