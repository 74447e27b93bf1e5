import 'server-only';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ErrorKind } from './error-group.ts';

const most = 10_000;

/** The number a name has in a table of its own. What came often is remembered, however many there are. */
class Interned<T> {
  readonly #known = new Map<string, number>();
  readonly #find: StatementSync;
  readonly #insert: (value: T) => number;

  constructor(find: StatementSync, insert: (value: T) => number) {
    this.#find = find;
    this.#insert = insert;
  }

  idOf(key: string, value: T): number {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = this.#find.get(key) as { id: number } | undefined;
    const id = found?.id ?? this.#insert(value);
    if (this.#known.size >= most) this.#known.clear();
    this.#known.set(key, id);
    return id;
  }
}

export class Names {
  readonly #models: Interned<string>;
  readonly #groups: Interned<ErrorKind>;

  constructor(db: DatabaseSync) {
    const model = db.prepare('insert into models (name) values (?)');
    const group = db.prepare(
      'insert into groups (key, outcome, code, http_status, pattern) values (?, ?, ?, ?, ?)',
    );
    this.#models = new Interned(db.prepare('select id from models where name = ?'), (name) =>
      Number(model.run(name).lastInsertRowid),
    );
    this.#groups = new Interned(db.prepare('select id from groups where key = ?'), (kind) =>
      Number(group.run(kind.key, kind.outcome, kind.code, kind.httpStatus, kind.pattern).lastInsertRowid),
    );
  }

  model(name: string | null): number | null {
    return name === null ? null : this.#models.idOf(name, name);
  }

  group(kind: ErrorKind | null): number | null {
    return kind === null ? null : this.#groups.idOf(kind.key, kind);
  }
}
