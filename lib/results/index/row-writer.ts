import 'server-only';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Outcome, outcomes } from '#lib/model/result';
import type { PartInput } from '#lib/results/index-orders';
import { type AnswerCells, answerColumns, cell, cellsWithout } from './answer-cells.ts';
import type { AnswerDigest } from './answer-digest.ts';
import { ColumnWriter, known } from './columns.ts';
import { errorKind } from './error-group.ts';
import { GroupCounts } from './group-counts.ts';
import { Names } from './interned.ts';
import type { RequestTable } from './request-table.ts';
import { count, emptyTally } from './tally.ts';
import type { Till } from './till.ts';

type Place = { segment: number; offset: number; length: number };
type Row = {
  ordinal: number;
  id: string;
  cells: AnswerCells;
  model: number | null;
  group: number | null;
  attempt: number;
};

const requestColumns = ['ordinal', 'custom_id'];
const laterColumns = ['model', 'error_group', 'attempt', 'in_offset', 'in_length'];
const placeColumns = ['segment', 'out_offset', 'out_length'];

/** One row a request: its first answer, or in the end what is known without one. What else came is an anomaly. */
export class RowWriter {
  readonly tally = emptyTally();
  /** One entry a part. */
  readonly counts: Record<Outcome, number>[];
  readonly #requests: RequestTable;
  readonly #parts: PartInput[];
  readonly #till: Till;
  readonly #names: Names;
  readonly #insert: StatementSync;
  readonly #anomaly: StatementSync;
  readonly #columns: ColumnWriter;
  readonly #groups: GroupCounts;
  /** By ordinal its answer's outcome, counted from 1; 0 while there is none. */
  readonly #answered: Uint8Array;

  constructor(db: DatabaseSync, requests: RequestTable, parts: PartInput[], till: Till) {
    this.#requests = requests;
    this.#parts = parts;
    this.#till = till;
    this.#names = new Names(db);
    this.counts = parts.map(() => Object.fromEntries(outcomes.map((name) => [name, 0])) as never);
    const columns = [...requestColumns, ...answerColumns, ...laterColumns, ...placeColumns];
    this.#insert = db.prepare(insertInto('rows', columns));
    this.#anomaly = db.prepare(insertInto('anomalies', ['kind', 'custom_id', ...placeColumns]));
    this.#columns = new ColumnWriter(db);
    this.#groups = new GroupCounts(db);
    this.#answered = new Uint8Array(requests.count + 1);
  }

  /** Says whose answer each of them is; 0 for what is nobody's. */
  answers(digest: AnswerDigest, segment: number, attempt: number): Uint32Array {
    const models = digest.models.map((model) => this.#names.model(model));
    const groups = digest.kinds.map((kind) => this.#names.group(kind));
    const owners = new Uint32Array(digest.customIds.length);
    for (const [n, id] of digest.customIds.entries()) {
      const cells = digest.cells[n] ?? [];
      const place = { segment, offset: digest.offsets[n] ?? 0, length: digest.lengths[n] ?? 0 };
      const ordinal = id === null ? 0 : this.#requests.find(id);
      const strange = this.#whatIsStrange(id, ordinal, cells);
      if (id === null || strange) {
        this.#anomaly.run(strange, id, place.segment, place.offset, place.length);
        continue;
      }
      const said = (digest.modelOf[n] ?? 0) - 1;
      this.#till.ring(cells, digest.models[said] ?? null, this.#requests.modelOf(ordinal));
      const model = models[said] ?? this.#modelAsked(ordinal);
      const group = groups[(digest.kindOf[n] ?? 0) - 1] ?? null;
      this.#write({ ordinal, id, cells, model, group, attempt }, place);
      owners[n] = ordinal;
    }
    return owners;
  }

  /** Writes what nobody has answered, after all answers. */
  end(): void {
    for (let ordinal = 1; ordinal <= this.#requests.count; ordinal++) {
      if (this.#answered[ordinal] !== 0) continue;
      const part = this.#parts[this.#partOf(ordinal)];
      const { code = null, message = null } = part?.refused ?? {};
      const outcome = part?.refused ? 'failed' : (part?.unanswered ?? 'missing');
      const kind = errorKind(outcome, { errorCode: code, errorMessage: message, httpStatus: null });
      const row = {
        ordinal,
        id: this.#requests.idOf(ordinal),
        cells: cellsWithout(outcome, part?.refused ?? null),
        model: this.#modelAsked(ordinal),
        group: this.#names.group(kind),
        attempt: part?.attempt ?? 1,
      };
      this.#write(row, null);
    }
    this.#columns.end();
    this.#groups.end();
  }

  #whatIsStrange(id: string | null, ordinal: number, cells: AnswerCells): string | null {
    if (id === null) return 'unparseable';
    if (ordinal === 0) return 'unknown';
    const before = this.#answered[ordinal] ?? 0;
    if (before === 0) return null;
    return before - 1 === cells[cell.outcome] ? 'duplicate' : 'conflicting';
  }

  #write({ ordinal, id, cells, model, group, attempt }: Row, place: Place | null): void {
    const outcome = Number(cells[cell.outcome]);
    this.#answered[ordinal] = outcome + 1;
    const counts = this.counts[this.#partOf(ordinal)];
    if (counts) counts[outcomes[outcome] ?? 'missing'] += 1;
    count(this.tally, cells, model);
    if (group !== null) this.#groups.add(group, ordinal);
    const inOffset = this.#requests.offsets[ordinal] ?? 0;
    const inLength = this.#requests.lengths[ordinal] ?? 0;
    const at = place ? [place.segment, place.offset, place.length] : [null, null, null];
    this.#insert.run(ordinal, id, ...cells, model, group, attempt, inOffset, inLength, ...at);
    this.#columns.add({
      ordinal,
      outcome,
      flags: Number(cells[cell.flags]),
      model: model ?? 0,
      group: group ?? 0,
      input: known(cells[cell.input]),
      output: known(cells[cell.output]),
      total: known(cells[cell.total]),
      cost: known(cells[cell.cost_nano], 'cost'),
      attempt,
      inOffset,
      inLength,
      segment: known(place?.segment),
      outOffset: place?.offset ?? 0,
      outLength: place?.length ?? 0,
    });
  }

  #modelAsked(ordinal: number): number | null {
    return this.#names.model(this.#requests.modelOf(ordinal));
  }

  #partOf(ordinal: number): number {
    return this.#parts.findIndex(({ first, last }) => ordinal >= first && ordinal <= last);
  }
}

function insertInto(table: string, names: string[]): string {
  return `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`;
}
