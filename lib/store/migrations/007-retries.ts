import 'server-only';
import { type Kysely, sql } from 'kysely';
import { columnTypes } from '#lib/store/engine';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table attempts add column kept ${columnTypes(db).text}`).execute(db);
}
