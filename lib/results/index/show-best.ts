import 'server-only';
import type { DatabaseSync } from 'node:sqlite';
import { outcomes } from '#lib/model/result';
import { answerColumns, cell } from './answer-cells.ts';
import { ColumnWriter, readColumn } from './columns.ts';
import { GroupCounts } from './group-counts.ts';
import { noted } from './new-index.ts';
import type { RawRow } from './row-shape.ts';
import { columnsOf, type WrittenRow } from './row-writer.ts';
import { count, type Tally } from './tally.ts';

const succeeded = outcomes.indexOf('succeeded');
const failed = outcomes.indexOf('failed');

/** Notes which later rows are shown in the place of the base's, and tells what all shown rows come to. */
export function showBest(base: DatabaseSync, db: DatabaseSync): Tally {
  const tally = noted<Tally>(base, 'tally');
  const columns = new ColumnWriter(db);
  const groups = groupsIn(base);
  const first = base.prepare('select rowid, * from rows where custom_id = ? and ordinal = ?');
  for (const tries of triesIn(db)) {
    const [one] = tries;
    const before = fromRaw(first.get(String(one?.custom_id), Number(one?.ordinal)) as RawRow);
    const best = bestOf([before, ...tries.map(fromRaw)]);
    if (best === before) continue;
    columns.add(columnsOf(best));
    count(tally, before.cells, before.model, -1);
    count(tally, best.cells, best.model);
    groups[best.ordinal] = best.group ?? 0;
  }
  columns.end();
  const counts = new GroupCounts();
  for (const [ordinal, group] of groups.entries()) if (group > 0) counts.add(group, ordinal);
  counts.write(db);
  return tally;
}

/** The newest success, else the newest answer, else the newest refusal, else the newest of those that never came. */
function bestOf(rows: WrittenRow[]): WrittenRow {
  return rows.reduce((best, row) => (rank(row) >= rank(best) ? row : best));
}

function rank({ cells, output }: WrittenRow): number {
  const outcome = cells[cell.outcome];
  if (outcome === succeeded) return 3;
  if (output) return 2;
  return outcome === failed ? 1 : 0;
}

function* triesIn(db: DatabaseSync): Generator<RawRow[]> {
  let tries: RawRow[] = [];
  for (const raw of db.prepare('select rowid, * from rows order by ordinal, attempt').iterate()) {
    if (tries.length > 0 && tries[0]?.ordinal !== raw.ordinal) {
      yield tries;
      tries = [];
    }
    tries.push(raw as RawRow);
  }
  if (tries.length > 0) yield tries;
}

function fromRaw(raw: RawRow): WrittenRow {
  const number = (name: string) => raw[name] as number | null;
  const segment = number('segment');
  return {
    rowid: Number(raw.rowid),
    ordinal: Number(raw.ordinal),
    cells: answerColumns.map((name) => raw[name] as string | number | null),
    model: number('model'),
    group: number('error_group'),
    attempt: Number(raw.attempt),
    input: { offset: Number(raw.in_offset), length: Number(raw.in_length) },
    output:
      segment === null ? null : { segment, offset: Number(raw.out_offset), length: Number(raw.out_length) },
  };
}

/** By ordinal the error group of each row of the base. */
function groupsIn(base: DatabaseSync): Uint32Array {
  const ordinals = readColumn(base, 'ordinal');
  const groups = readColumn(base, 'group');
  const byOrdinal = new Uint32Array(ordinals.length + 1);
  for (const [n, ordinal] of ordinals.entries()) byOrdinal[ordinal] = groups[n] ?? 0;
  return byOrdinal;
}
