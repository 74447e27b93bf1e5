import 'server-only';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';
import { Kysely, type RawBuilder, SqliteDialect, sql } from 'kysely';
import type { Schema } from './schema.ts';

export type Db = Kysely<Schema>;

/** The store on one machine. WAL for readers beside the writer; FULL, because an acknowledged row must survive power loss. */
export function openSqlite(file: string): Db {
  if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: 5_000 });
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
  // SQLite's own knows ASCII only; Postgres folds every script.
  database.function('lower', { deterministic: true }, lower);
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: asBetterSqlite(database) }) });
}

function lower(text: SQLOutputValue): SQLInputValue {
  return typeof text === 'string' ? text.toLowerCase() : text;
}

/** What Kysely's dialect asks of better-sqlite3, answered by node:sqlite. */
function asBetterSqlite(database: DatabaseSync) {
  return {
    close: () => database.close(),
    prepare(text: string) {
      const statement = database.prepare(text);
      const plain = (values: readonly unknown[]) => values.map(accepted);
      return {
        reader: statement.columns().length > 0,
        // Its rows have no prototype, which React refuses to carry to the browser.
        all: (values: readonly unknown[]) => statement.all(...plain(values)).map((row) => ({ ...row })),
        run: (values: readonly unknown[]) => statement.run(...plain(values)),
        iterate: (values: readonly unknown[]) =>
          statement.iterate(...plain(values)) as IterableIterator<unknown>,
      };
    },
  };
}

/** Only what both engines store alike; NUL is refused by Postgres text, so it never gets in here either. */
function accepted(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
  throw new TypeError(
    `The store takes text, numbers and null, not ${value instanceof Date ? 'Date' : typeof value}.`,
  );
}

/** Now in UTC ms by the database's own clock: leases and due times use no other. */
export function dbNow(): RawBuilder<number> {
  return sql<number>`cast(unixepoch('subsec') * 1000 as integer)`;
}

/** Whether an error says that a unique key already exists. */
export function isTaken(error: unknown): boolean {
  const errcode = (error as { errcode?: unknown } | null)?.errcode;
  return errcode === 1555 || errcode === 2067;
}
