import 'server-only';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Db, openPostgres, openSqlite } from './engine.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';

const pool = { idleTimeoutMillis: 500, allowExitOnIdle: true };
const places = new WeakMap<Db, string>();
let server: Db | null = null;

/** A fresh migrated store of the engine this run is for; `file` is where SQLite keeps it. */
export async function openTestDb(file = ':memory:'): Promise<Db> {
  const db = await emptyTestDb(file);
  await migrate(db);
  return db;
}

export async function emptyTestDb(file = ':memory:'): Promise<Db> {
  const { DATABASE_URL: url } = await emptyTestPlace();
  if (url === undefined) return openSqlite(file);
  const db = openPostgres(url, pool);
  places.set(db, url);
  return db;
}

/** What an environment says to name a store of its own; nothing means the data folder. */
export async function emptyTestPlace(): Promise<{ DATABASE_URL?: string }> {
  if (process.env.BATCHDECK_TEST_ENGINE !== 'postgres') return {};
  const url = new URL(process.env.BATCHDECK_TEST_POSTGRES ?? '');
  const schema = `t_${randomUUID().replaceAll('-', '')}`;
  server ??= openPostgres(url.href, { ...pool, max: 1 });
  await sql.raw(`create schema ${schema}`).execute(server);
  url.searchParams.set('options', `-c search_path=${schema}`);
  return { DATABASE_URL: url.href };
}

/** The same store as another replica has it: connections of its own where the engine has such. */
export async function anotherReplica(db: Db): Promise<Db> {
  const place = places.get(db);
  if (place === undefined) return db;
  const other = openPostgres(place, pool);
  // Connected by now, so that what a test starts at once really meets.
  await Promise.all(Array.from({ length: 4 }, () => sql`select pg_sleep(0.01)`.execute(other)));
  return other;
}

const tables: Record<keyof Schema, true> = {
  users: true,
  sessions: true,
  throttles: true,
  setup_links: true,
  connections: true,
  tokens: true,
  files: true,
  findings: true,
  batches: true,
  attempts: true,
  progress: true,
  parts: true,
  intents: true,
  shares: true,
  drafts: true,
  events: true,
  replays: true,
  settings: true,
};

/** Every row of every table, to see whether anything changed or holds what it must not. */
export async function everyRow(db: Db): Promise<string> {
  const names = Object.keys(tables) as (keyof Schema)[];
  const rows = await Promise.all(names.map((name) => db.selectFrom(name).selectAll().execute()));
  return JSON.stringify(Object.fromEntries(names.map((name, n) => [name, rows[n]])));
}
