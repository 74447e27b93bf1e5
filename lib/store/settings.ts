import 'server-only';
import { type Kysely, sql } from 'kysely';
import { dbNow } from './engine.ts';
import type { Schema } from './schema.ts';

export async function setting(db: Kysely<Schema>, name: string): Promise<string | null> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value ?? null;
}

/** The value that stands, which is the given one only where none stood: of several who ask at once, one decides for all. */
export async function settleSetting(db: Kysely<Schema>, name: string, value: string): Promise<string> {
  await db
    .insertInto('settings')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return (await setting(db, name)) ?? value;
}

/** True for one asker among all processes, once in `everyMs` by the database's clock. */
export async function takeTurn(db: Kysely<Schema>, name: string, everyMs: number): Promise<boolean> {
  await settleSetting(db, name, '0');
  const now = dbNow(db);
  const { numUpdatedRows } = await db
    .updateTable('settings')
    .set({ value: sql<string>`cast(${now} as text)` })
    .where('name', '=', name)
    .where(sql<boolean>`cast(value as bigint) <= ${now} - cast(${everyMs} as bigint)`)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
