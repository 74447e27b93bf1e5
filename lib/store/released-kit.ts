import 'server-only';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import type { Db } from './engine.ts';
import type { Steps } from './migrate.ts';

const fixtures = path.join(import.meta.dirname, 'fixtures');
const isShared = () => process.env.BATCHDECK_TEST_ENGINE === 'postgres';

export type Rows = Record<string, Record<string, string | number | null>[]>;

/** The last step of every release there was, each with a store as that release left it. */
export const releases = readdirSync(fixtures);

export function rowsOf(release: string): Rows {
  return JSON.parse(readFileSync(path.join(fixtures, release, 'rows.json'), 'utf8')) as Rows;
}

/** Fills an empty store with what a release would have there: its tables, as it made them, and rows in each. */
export async function layRelease(db: Db, release: string): Promise<void> {
  await layTables(db, release);
  for (const [table, rows] of Object.entries(rowsOf(release))) {
    for (const row of rows) {
      const names = sql.join(Object.keys(row).map((name) => sql.ref(name)));
      // Rows of a release bring their numbers along, also where the store would count by itself.
      const given = sql.raw(isShared() ? 'overriding system value' : '');
      await sql`insert into ${sql.table(table)} (${names}) ${given} values (${sql.join(Object.values(row))})`.execute(
        db,
      );
    }
  }
  if (isShared())
    await sql`select setval(pg_get_serial_sequence('events', 'seq'), (select max(seq) from events))`.execute(
      db,
    );
}

export async function layTables(db: Db, release: string): Promise<void> {
  const file = path.join(fixtures, release, `${isShared() ? 'postgres' : 'sqlite'}.sql`);
  for (const statement of readFileSync(file, 'utf8').split(';\n'))
    if (statement !== '') await sql.raw(statement).execute(db);
}

/** Every step there is, in order, by the files themselves. */
export async function everyStep(): Promise<Steps> {
  const folder = path.join(import.meta.dirname, 'migrations');
  const files = readdirSync(folder).filter((file) => /^\d{3}-[a-z-]+\.ts$/.test(file));
  const steps = files.sort().map(async (file) => {
    const step = (await import(path.join(folder, file))) as Steps[string];
    return [path.basename(file, '.ts'), step] as const;
  });
  return Object.fromEntries(await Promise.all(steps));
}

/** Everything the engine knows about the form of a store, to compare two. */
export async function formOf(db: Db): Promise<string[]> {
  const { rows } = isShared() ? await postgresForm(db) : await sqliteForm(db);
  return rows.map((row) => Object.values(row as object).join(' ')).sort();
}

function sqliteForm(db: Db) {
  return sql`select type, name, sql from sqlite_master where name not like 'sqlite_%'`.execute(db);
}

function postgresForm(db: Db) {
  return sql`
    select 'column' as kind, table_name || '.' || column_name as name,
      concat_ws(' ', data_type, collation_name, is_nullable, column_default, identity_generation) as form
    from information_schema.columns where table_schema = current_schema()
    union all
    select 'index', indexname, replace(indexdef, current_schema() || '.', '')
    from pg_indexes where schemaname = current_schema()`.execute(db);
}
