import 'server-only';
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { IndexedRow, SqliteOrder } from '#lib/results/index-orders';
import type { Slices } from '#lib/results/take-orders';
import { usageCells } from './answer-cells.ts';
import { rowsOf } from './export-rows.ts';
import { findOrdinals } from './find-ordinals.ts';
import { OpenFiles } from './open-files.ts';
import type { View } from './open-view.ts';

const columns = [
  'ordinal integer primary key',
  'custom_id text not null',
  'outcome text not null',
  'flags text not null',
  'http_status integer',
  'error_code text',
  'error_message text',
  'error_group text',
  'model text',
  'finish_reason text',
  'input_tokens integer',
  'output_tokens integer',
  'cached_read_tokens integer',
  'cache_write_tokens integer',
  'reasoning_tokens integer',
  'total_tokens integer',
  'cost text',
  'attempt integer not null',
  'preview text not null',
];
const bodies = ['request text', 'response text'];
const slice = 500;

/** What is meant as a database of its own, in words instead of codes; with `bodies` both sides of each result. */
export function* writeSqlite(view: View, order: SqliteOrder): Slices<null> {
  const ordinals = yield* findOrdinals(view, { ...order, sort: 'ordinal' });
  rmSync(order.out, { force: true });
  const db = new DatabaseSync(order.out);
  const files = new OpenFiles();
  try {
    db.exec('pragma journal_mode = off; pragma synchronous = off; begin');
    const all = order.bodies ? [...columns, ...bodies] : columns;
    db.exec(`create table results (${all.join(', ')})`);
    const insert = db.prepare(`insert into results values (${all.map(() => '?').join(', ')})`);
    let written = 0;
    for (const row of rowsOf(view, ordinals)) {
      insert.run(...cellsOf(row), ...(order.bodies ? bodiesOf(row, files, order) : []));
      written += 1;
      if (written % slice === 0) yield undefined;
    }
    db.exec('create index results_custom_id on results (custom_id); commit');
  } finally {
    db.close();
    files.close();
  }
  return null;
}

function cellsOf(row: IndexedRow): (string | number | null)[] {
  return [
    row.ordinal,
    row.customId,
    row.outcome,
    row.flags.join(' '),
    row.httpStatus,
    row.errorCode,
    row.errorMessage,
    row.group,
    row.model,
    row.finishReason,
    ...usageCells(row.usage),
    row.cost,
    row.attempt,
    row.preview,
  ];
}

function bodiesOf(
  { input, output, attempt }: IndexedRow,
  files: OpenFiles,
  { sources }: SqliteOrder,
): (string | null)[] {
  const text = (file: string | undefined, place: { offset: number; length: number }) =>
    Buffer.from(files.read(file ?? '', place)).toString('utf8');
  return [text(sources.inputs[attempt], input), output && text(sources.segments[output.segment], output)];
}
