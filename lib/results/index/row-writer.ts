import 'server-only';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Outcome, outcomes } from '#lib/model/result';
import type { PartInput } from '#lib/results/index-orders';
import { type AnswerCells, answerColumns, cell, cellsWithout } from './answer-cells.ts';
import type { AnswerDigest } from './answer-digest.ts';
import type { RequestTable } from './request-table.ts';

type Place = { segment: number; offset: number; length: number };

const columns = ['ordinal', 'custom_id', ...answerColumns, 'attempt', 'in_offset', 'in_length'];
const placeColumns = ['segment', 'out_offset', 'out_length'];

/** One row a request: its first answer, or in the end what is known without one. What else came is an anomaly. */
export class RowWriter {
  /** One entry a part. */
  readonly counts: Record<Outcome, number>[];
  readonly #requests: RequestTable;
  readonly #parts: PartInput[];
  readonly #insert: StatementSync;
  readonly #anomaly: StatementSync;
  /** By ordinal the answer's outcome, counted from 1; 0 while there is none. */
  readonly #answered: Uint8Array;

  constructor(db: DatabaseSync, requests: RequestTable, parts: PartInput[]) {
    this.#requests = requests;
    this.#parts = parts;
    this.counts = parts.map(() => Object.fromEntries(outcomes.map((name) => [name, 0])) as never);
    this.#insert = db.prepare(insertInto('rows', [...columns, ...placeColumns]));
    this.#anomaly = db.prepare(insertInto('anomalies', ['kind', 'custom_id', ...placeColumns]));
    this.#answered = new Uint8Array(requests.count + 1);
  }

  answers({ customIds, cells, offsets, lengths }: AnswerDigest, segment: number, attempt: number): void {
    for (const [n, id] of customIds.entries()) {
      const place = { segment, offset: offsets[n] ?? 0, length: lengths[n] ?? 0 };
      const found = id === null ? 0 : this.#requests.find(id);
      const strange = this.#whatIsStrange(id, found, cells[n] ?? []);
      if (strange) this.#anomaly.run(strange, id, place.segment, place.offset, place.length);
      else this.#write(found, cells[n] ?? [], attempt, place);
    }
  }

  unanswered(): void {
    for (let ordinal = 1; ordinal <= this.#requests.count; ordinal++) {
      if (this.#answered[ordinal] !== 0) continue;
      const part = this.#parts.find(({ first, last }) => ordinal >= first && ordinal <= last);
      const outcome = part?.refused ? 'failed' : (part?.unanswered ?? 'missing');
      this.#write(ordinal, cellsWithout(outcome, part?.refused ?? null), part?.attempt ?? 1, null);
    }
  }

  #whatIsStrange(id: string | null, ordinal: number, cells: AnswerCells): string | null {
    if (id === null) return 'unparseable';
    if (ordinal === 0) return 'unknown';
    const before = this.#answered[ordinal] ?? 0;
    if (before === 0) return null;
    return outcomes[before - 1] === cells[cell.outcome] ? 'duplicate' : 'conflicting';
  }

  #write(ordinal: number, cells: AnswerCells, attempt: number, place: Place | null): void {
    const requests = this.#requests;
    const outcome = cells[cell.outcome] as Outcome;
    cells[cell.model] ??= requests.modelOf(ordinal);
    this.#answered[ordinal] = outcomes.indexOf(outcome) + 1;
    const counts =
      this.counts[this.#parts.findIndex(({ first, last }) => ordinal >= first && ordinal <= last)];
    if (counts) counts[outcome] += 1;
    this.#insert.run(
      ordinal,
      requests.idOf(ordinal),
      ...cells,
      attempt,
      requests.offsets[ordinal] ?? 0,
      requests.lengths[ordinal] ?? 0,
      place?.segment ?? null,
      place?.offset ?? null,
      place?.length ?? null,
    );
  }
}

function insertInto(table: string, names: string[]): string {
  return `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`;
}
