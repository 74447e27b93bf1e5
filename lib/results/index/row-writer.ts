import 'server-only';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Outcome, outcomes } from '#lib/model/result';
import type { AttemptInput, PartInput } from '#lib/results/index-orders';
import { type AnswerCells, answerColumns, cell, cellsWithout } from './answer-cells.ts';
import type { AnswerDigest } from './answer-digest.ts';
import { type ColumnName, known } from './columns.ts';
import { errorKind } from './error-group.ts';
import type { Names } from './interned.ts';
import type { Requests } from './read-sources.ts';
import type { Till } from './till.ts';

type Place = { segment: number; offset: number; length: number };
export type WrittenRow = {
  rowid: number;
  ordinal: number;
  cells: AnswerCells;
  model: number | null;
  group: number | null;
  attempt: number;
  input: { offset: number; length: number };
  output: Place | null;
};
type Answered = Pick<WrittenRow, 'cells' | 'model' | 'group' | 'output'> & { id: string };

const placeColumns = ['segment', 'out_offset', 'out_length'];
const rowColumns = [
  ...['ordinal', 'custom_id', ...answerColumns],
  ...['model', 'error_group', 'attempt', 'in_offset', 'in_length', ...placeColumns],
];

/** One row a request of an attempt: its first answer, or in the end what is known without one. What else came is an anomaly. */
export class RowWriter {
  /** By part. */
  readonly counts: Map<string, Record<Outcome, number>>;
  readonly #till: Till;
  readonly #names: Names;
  readonly #requests: Requests;
  readonly #attempt: AttemptInput;
  readonly #wrote: (row: WrittenRow) => void;
  readonly #insert: StatementSync;
  readonly #anomaly: StatementSync;
  /** By request its answer's outcome, counted from 1; 0 while there is none. */
  readonly #answered: Uint8Array;
  #rowid = 0;

  constructor(
    db: DatabaseSync,
    names: Names,
    { requests, attempt, till }: { requests: Requests; attempt: AttemptInput; till: Till },
    wrote: (row: WrittenRow) => void,
  ) {
    this.#names = names;
    this.#requests = requests;
    this.#attempt = attempt;
    this.#till = till;
    this.#wrote = wrote;
    this.counts = new Map(attempt.parts.map(({ id }) => [id, noneOf()]));
    this.#insert = db.prepare(insertInto('rows', rowColumns));
    this.#anomaly = db.prepare(insertInto('anomalies', ['kind', 'custom_id', 'attempt', ...placeColumns]));
    this.#answered = new Uint8Array(requests.table.count + 1);
  }

  /** Says whose answer each of them is; 0 for what is nobody's. */
  answers(digest: AnswerDigest, segment: number): Uint32Array {
    const models = digest.models.map((model) => this.#names.model(model));
    const groups = digest.kinds.map((kind) => this.#names.group(kind));
    const owners = new Uint32Array(digest.customIds.length);
    for (const [n, id] of digest.customIds.entries()) {
      const cells = digest.cells[n] ?? [];
      const output = { segment, offset: digest.offsets[n] ?? 0, length: digest.lengths[n] ?? 0 };
      const request = id === null ? 0 : this.#requests.table.find(id);
      const strange = this.#whatIsStrange(id, request, cells);
      if (id === null || strange) {
        this.#anomaly.run(strange, id, this.#attempt.n, segment, output.offset, output.length);
        continue;
      }
      const said = (digest.modelOf[n] ?? 0) - 1;
      this.#till.ring(cells, digest.models[said] ?? null, this.#requests.table.modelOf(request));
      const model = models[said] ?? this.#modelAsked(request);
      const group = groups[(digest.kindOf[n] ?? 0) - 1] ?? null;
      owners[n] = this.#write(request, { id, cells, model, group, output });
    }
    return owners;
  }

  /** Writes what nobody has answered, after all answers. Of a retry, what belongs to parts that are not over has no rows yet. */
  end(): void {
    const { table } = this.#requests;
    for (let request = 1; request <= table.count; request++) {
      if (this.#answered[request] !== 0) continue;
      const part = this.#partOf(request) ?? (this.#attempt.n === 1 ? nobodys : null);
      if (!part) continue;
      const { code = null, message = null } = part.refused ?? {};
      const outcome = part.refused ? 'failed' : part.unanswered;
      const kind = errorKind(outcome, { errorCode: code, errorMessage: message, httpStatus: null });
      this.#write(request, {
        id: table.idOf(request),
        cells: cellsWithout(outcome, part.refused),
        model: this.#modelAsked(request),
        group: this.#names.group(kind),
        output: null,
      });
    }
  }

  #whatIsStrange(id: string | null, request: number, cells: AnswerCells): string | null {
    if (id === null) return 'unparseable';
    if (request === 0) return 'unknown';
    const before = this.#answered[request] ?? 0;
    if (before === 0) return null;
    return before - 1 === cells[cell.outcome] ? 'duplicate' : 'conflicting';
  }

  #write(request: number, { id, cells, model, group, output }: Answered): number {
    const { table, ordinals } = this.#requests;
    const ordinal = ordinals[request] ?? 0;
    const outcome = Number(cells[cell.outcome]);
    this.#answered[request] = outcome + 1;
    const counts = this.counts.get(this.#partOf(request)?.id ?? '');
    if (counts) counts[outcomes[outcome] ?? 'missing'] += 1;
    const input = { offset: table.offsets[request] ?? 0, length: table.lengths[request] ?? 0 };
    const attempt = this.#attempt.n;
    const places = [input.offset, input.length, ...placed(output)];
    this.#insert.run(ordinal, id, ...cells, model, group, attempt, ...places);
    this.#rowid += 1;
    this.#wrote({ rowid: this.#rowid, ordinal, cells, model, group, attempt, input, output });
    return ordinal;
  }

  #modelAsked(request: number): number | null {
    return this.#names.model(this.#requests.table.modelOf(request));
  }

  #partOf(request: number): PartInput | undefined {
    return this.#attempt.parts.find(({ first, last }) => request >= first && request <= last);
  }
}

export function columnsOf(row: WrittenRow): Record<ColumnName, number> {
  const { cells, input, output } = row;
  return {
    rowid: row.rowid,
    ordinal: row.ordinal,
    outcome: Number(cells[cell.outcome]),
    flags: Number(cells[cell.flags]),
    model: row.model ?? 0,
    group: row.group ?? 0,
    input: known(cells[cell.input]),
    output: known(cells[cell.output]),
    total: known(cells[cell.total]),
    cost: known(cells[cell.cost_nano], 'cost'),
    attempt: row.attempt,
    inOffset: input.offset,
    inLength: input.length,
    segment: known(output?.segment),
    outOffset: output?.offset ?? 0,
    outLength: output?.length ?? 0,
  };
}

const nobodys: Pick<PartInput, 'refused' | 'unanswered'> = { refused: null, unanswered: 'missing' };

function noneOf(): Record<Outcome, number> {
  return Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
}

function placed(output: Place | null): (number | null)[] {
  return output ? [output.segment, output.offset, output.length] : [null, null, null];
}

function insertInto(table: string, names: string[]): string {
  return `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`;
}
