import 'server-only';
import type { DatabaseSync, StatementSync } from 'node:sqlite';

/**
 * What is filtered and sorted by, and where lines stand, once more beside the rows: as plain numbers, which are read in
 * one go. What may be unknown is kept as one more than it is, and 0 is unknown; so are the ids of names, and segments.
 */
const kinds = {
  rowid: Uint32Array,
  ordinal: Uint32Array,
  outcome: Uint8Array,
  flags: Uint8Array,
  model: Uint32Array,
  group: Uint32Array,
  input: Uint32Array,
  output: Uint32Array,
  total: Uint32Array,
  cost: Float64Array,
  attempt: Uint16Array,
  inOffset: Float64Array,
  inLength: Uint32Array,
  segment: Uint32Array,
  outOffset: Float64Array,
  outLength: Uint32Array,
} as const;
export type ColumnName = keyof typeof kinds;
export type Column = InstanceType<(typeof kinds)[ColumnName]>;
const names = Object.keys(kinds) as ColumnName[];

const chunkRows = 8_192;
const most = { tokens: 2 ** 32 - 2, cost: Number.MAX_SAFE_INTEGER - 1 };

export function known(value: unknown, of: keyof typeof most = 'tokens'): number {
  return typeof value === 'number' ? Math.min(Math.max(0, value), most[of]) + 1 : 0;
}

/** Kept in the order in which rows are written, a few thousand at a time. */
export class ColumnWriter {
  readonly #insert: StatementSync;
  readonly #room = names.map((name) => new kinds[name](chunkRows));
  #used = 0;
  #chunk = 0;

  constructor(db: DatabaseSync) {
    this.#insert = db.prepare('insert into columns values (?, ?, ?)');
  }

  add(row: Record<ColumnName, number>): void {
    for (const [n, name] of names.entries()) {
      const column = this.#room[n];
      if (column) column[this.#used] = row[name];
    }
    this.#used += 1;
    if (this.#used === chunkRows) this.end();
  }

  end(): void {
    for (const [n, name] of names.entries()) {
      const { buffer, BYTES_PER_ELEMENT } = this.#room[n] as Column;
      this.#insert.run(name, this.#chunk, new Uint8Array(buffer, 0, this.#used * BYTES_PER_ELEMENT));
    }
    this.#chunk += 1;
    this.#used = 0;
  }
}

export function emptyColumn(name: ColumnName, length: number): Column {
  return new kinds[name](length);
}

/** In the order in which rows were written. */
export function readColumn(db: DatabaseSync, name: ColumnName): Column {
  const chunks = db.prepare('select data from columns where name = ? order by chunk').all(name) as {
    data: Uint8Array;
  }[];
  const bytes = new Uint8Array(chunks.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of chunks) {
    bytes.set(data, at);
    at += data.length;
  }
  return new kinds[name](bytes.buffer);
}
