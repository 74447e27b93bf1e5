import 'server-only';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Outcome, outcomes } from '#lib/model/result';
import type { PartInput } from '#lib/results/index-orders';
import { type AnswerCells, answerColumns, cell, cellsWithout } from './answer-cells.ts';
import type { AnswerDigest } from './answer-digest.ts';
import { errorKind } from './error-group.ts';
import { Names } from './interned.ts';
import type { RequestTable } from './request-table.ts';
import { count, emptyTally } from './tally.ts';

type Place = { segment: number; offset: number; length: number };
type Known = {
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
  readonly #names: Names;
  readonly #insert: StatementSync;
  readonly #anomaly: StatementSync;
  /** By ordinal its answer's outcome, counted from 1; 0 while there is none. */
  readonly #answered: Uint8Array;

  constructor(db: DatabaseSync, requests: RequestTable, parts: PartInput[]) {
    this.#requests = requests;
    this.#parts = parts;
    this.#names = new Names(db);
    this.counts = parts.map(() => Object.fromEntries(outcomes.map((name) => [name, 0])) as never);
    const columns = [...requestColumns, ...answerColumns, ...laterColumns, ...placeColumns];
    this.#insert = db.prepare(insertInto('rows', columns));
    this.#anomaly = db.prepare(insertInto('anomalies', ['kind', 'custom_id', ...placeColumns]));
    this.#answered = new Uint8Array(requests.count + 1);
  }

  answers(digest: AnswerDigest, segment: number, attempt: number): void {
    const models = digest.models.map((model) => this.#names.model(model));
    const groups = digest.kinds.map((kind) => this.#names.group(kind));
    for (const [n, id] of digest.customIds.entries()) {
      const cells = digest.cells[n] ?? [];
      const place = { segment, offset: digest.offsets[n] ?? 0, length: digest.lengths[n] ?? 0 };
      const ordinal = id === null ? 0 : this.#requests.find(id);
      const strange = this.#whatIsStrange(id, ordinal, cells);
      if (id === null || strange) {
        this.#anomaly.run(strange, id, place.segment, place.offset, place.length);
        continue;
      }
      const model = models[(digest.modelOf[n] ?? 0) - 1] ?? this.#modelAsked(ordinal);
      const group = groups[(digest.kindOf[n] ?? 0) - 1] ?? null;
      this.#write({ ordinal, id, cells, model, group, attempt }, place);
    }
  }

  unanswered(): void {
    for (let ordinal = 1; ordinal <= this.#requests.count; ordinal++) {
      if (this.#answered[ordinal] !== 0) continue;
      const part = this.#parts[this.#partOf(ordinal)];
      const { code = null, message = null } = part?.refused ?? {};
      const outcome = part?.refused ? 'failed' : (part?.unanswered ?? 'missing');
      const kind = errorKind(outcome, { errorCode: code, errorMessage: message, httpStatus: null });
      const known = {
        ordinal,
        id: this.#requests.idOf(ordinal),
        cells: cellsWithout(outcome, part?.refused ?? null),
        model: this.#modelAsked(ordinal),
        group: this.#names.group(kind),
        attempt: part?.attempt ?? 1,
      };
      this.#write(known, null);
    }
  }

  #whatIsStrange(id: string | null, ordinal: number, cells: AnswerCells): string | null {
    if (id === null) return 'unparseable';
    if (ordinal === 0) return 'unknown';
    const before = this.#answered[ordinal] ?? 0;
    if (before === 0) return null;
    return before - 1 === cells[cell.outcome] ? 'duplicate' : 'conflicting';
  }

  #write({ ordinal, id, cells, model, group, attempt }: Known, place: Place | null): void {
    const outcome = Number(cells[cell.outcome]);
    this.#answered[ordinal] = outcome + 1;
    const counts = this.counts[this.#partOf(ordinal)];
    if (counts) counts[outcomes[outcome] ?? 'missing'] += 1;
    count(this.tally, cells, model);
    this.#insert.run(
      ordinal,
      id,
      ...cells,
      model,
      group,
      attempt,
      this.#requests.offsets[ordinal] ?? 0,
      this.#requests.lengths[ordinal] ?? 0,
      place?.segment ?? null,
      place?.offset ?? null,
      place?.length ?? null,
    );
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
