import 'server-only';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';
import {
  Kysely,
  PostgresDialect,
  type QueryExecutorProvider,
  type RawBuilder,
  SqliteDialect,
  sql,
} from 'kysely';
import type { PoolConfig } from 'pg';
import { postgresPool } from './postgres-pool.ts';
import type { Schema } from './schema.ts';
import { asBetterSqlite } from './sqlite-database.ts';

export type Db = Kysely<Schema>;

/** The store on one machine. WAL for readers beside the writer; FULL, because an acknowledged row must survive power loss. */
export function openSqlite(file: string, { readOnly = false } = {}): Db {
  if (file !== ':memory:' && !readOnly) mkdirSync(path.dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: 5_000, readOnly });
  if (!readOnly)
    database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
  // SQLite's own knows ASCII only; Postgres folds every script.
  database.function('lower', { deterministic: true }, lower);
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: asBetterSqlite(database) }) });
}

function lower(text: SQLOutputValue): SQLInputValue {
  return typeof text === 'string' ? text.toLowerCase() : text;
}

/** The store that several processes share. */
export function openPostgres(url: string, pool: PoolConfig = {}): Db {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: postgresPool(url, pool) }) });
}

type Handle = QueryExecutorProvider;

/** Not by its class: Next gives each entry its own copy of that. Of the two only Postgres has DDL in transactions, says Kysely. */
function isShared(db: Handle): boolean {
  return db.getExecutor().adapter.supportsTransactionalDdl === true;
}

const clocks = {
  sqlite: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
  // Of the statement, so that an index still serves a comparison with it.
  postgres: sql<number>`cast(extract(epoch from statement_timestamp()) * 1000 as bigint)`,
};

/** Now in UTC ms by the database's own clock: leases and due times use no other. */
export function dbNow(db: Handle): RawBuilder<number> {
  return isShared(db) ? clocks.postgres : clocks.sqlite;
}

export async function timeOf(db: Kysely<Schema>): Promise<number> {
  const { now } = await db.selectNoFrom(dbNow(db).as('now')).executeTakeFirstOrThrow();
  return now;
}

/** How migrations spell what the engines spell differently. Text compares by its bytes on both. */
export function columnTypes(db: Handle): { text: string; counter: string } {
  return isShared(db)
    ? { text: 'text collate "C"', counter: 'bigint generated always as identity primary key' }
    : { text: 'text', counter: 'integer primary key autoincrement' };
}

/** Small letters in every script, to search by. */
export function folded(db: Handle, column: string): RawBuilder<string> {
  return isShared(db) ? sql`lower(${sql.ref(column)} collate "default")` : sql`lower(${sql.ref(column)})`;
}

type Lockable<Q> = { forUpdate(): Q; skipLocked(): Q };

/** In a transaction: the rows found stay as they are until its end. SQLite has one writer, and needs no lock. */
export function held<Q extends Lockable<Q>>(db: Handle, query: Q): Q {
  return isShared(db) ? query.forUpdate() : query;
}

/** The rows found, but for those somebody else is just taking. */
export function unheld<Q extends Lockable<Q>>(db: Handle, query: Q): Q {
  return isShared(db) ? query.forUpdate().skipLocked() : query;
}

/** In a transaction: until its end no other that waits for this name goes on, on any replica. */
export async function oneAtATime(trx: Handle, name: string): Promise<void> {
  // SQLite waits for its one writer only where nothing has been read before the first write.
  if (!isShared(trx)) return void (await sql`pragma user_version = 0`.execute(trx));
  await sql`select set_config('lock_timeout', '0', true), set_config('statement_timeout', '0', true)`.execute(
    trx,
  );
  await sql`select pg_advisory_xact_lock(hashtextextended(current_schema() || ${`:${name}`}, 0))`.execute(
    trx,
  );
}

/** Several transactions as one piece of work that no other replica does meanwhile. */
export async function aloneWith<T>(db: Db, name: string, work: () => Promise<T>): Promise<T> {
  if (!isShared(db)) return inLine(db, name, work);
  return db.transaction().execute(async (trx) => {
    await sql`select set_config('idle_in_transaction_session_timeout', '0', true)`.execute(trx);
    await oneAtATime(trx, name);
    return work();
  });
}

const lines = new WeakMap<Db, Map<string, Promise<unknown>>>();

/** Where one process is all there is, it waits for itself alone. */
function inLine<T>(db: Db, name: string, work: () => Promise<T>): Promise<T> {
  const waiting = lines.get(db) ?? new Map<string, Promise<unknown>>();
  lines.set(db, waiting);
  const mine = (waiting.get(name) ?? Promise.resolve()).then(work);
  waiting.set(
    name,
    mine.catch(() => {}),
  );
  return mine;
}

/** Whether an error says that a unique key already exists. */
export function isTaken(error: unknown): boolean {
  const { code, errcode } = (error ?? {}) as { code?: unknown; errcode?: unknown };
  return errcode === 1555 || errcode === 2067 || code === '23505';
}
