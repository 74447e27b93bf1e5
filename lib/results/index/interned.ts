import 'server-only';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { ErrorKind } from './error-group.ts';

/** What strangers write may differ in every line: beyond so many names no more are told apart. */
const mostNames = 10_000;

/** The numbers of names that come again and again, in a table of their own. */
class Interned {
  readonly #numbers: Map<string, number>;
  readonly #insert: (...values: SQLInputValue[]) => number;

  constructor(db: DatabaseSync, table: string, columns: string[]) {
    const known = db.prepare(`select id, ${columns[0]} as name from ${table}`).all();
    this.#numbers = new Map(known.map(({ id, name }) => [String(name), Number(id)]));
    const marks = columns.map(() => '?').join(', ');
    const insert = db.prepare(`insert into ${table} (${columns.join(', ')}) values (${marks})`);
    this.#insert = (...values) => Number(insert.run(...values).lastInsertRowid);
  }

  takes(name: string): boolean {
    return this.#numbers.size < mostNames || this.#numbers.has(name);
  }

  idOf(name: string, ...more: SQLInputValue[]): number {
    const known = this.#numbers.get(name) ?? this.#insert(name, ...more);
    this.#numbers.set(name, known);
    return known;
  }
}

export class Names {
  readonly #models: Interned;
  readonly #groups: Interned;

  constructor(db: DatabaseSync) {
    this.#models = new Interned(db, 'models', ['name']);
    this.#groups = new Interned(db, 'groups', ['key', 'outcome', 'code', 'http_status', 'pattern']);
  }

  model(name: string | null): number | null {
    if (name === null) return null;
    return this.#models.idOf(this.#models.takes(name) ? name : 'other');
  }

  group(kind: ErrorKind | null): number | null {
    if (kind === null) return null;
    const { key, outcome, code, httpStatus, pattern } = kind;
    if (this.#groups.takes(key)) return this.#groups.idOf(key, outcome, code, httpStatus, pattern);
    return this.#groups.idOf(`other-${outcome}`, outcome, null, null, 'Other errors');
  }
}

/** So that a number means the same name in both. */
export function copyNames(from: DatabaseSync, to: DatabaseSync): void {
  for (const [table, columns] of [
    ['models', 'id, name'],
    ['groups', 'id, key, outcome, code, http_status, pattern'],
  ] as const) {
    const insert = to.prepare(`insert into ${table} (${columns}) values (${columns.replace(/\w+/g, '?')})`);
    const rows = from.prepare(`select ${columns} from ${table}`);
    rows.setReturnArrays(true);
    for (const row of rows.iterate()) insert.run(...(row as unknown as SQLInputValue[]));
  }
}
