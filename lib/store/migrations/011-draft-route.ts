import 'server-only';
import { type Kysely, sql } from 'kysely';
import { columnTypes } from '#lib/store/engine';

/** Who behind a gateway a draft is for, where it says so itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table drafts add column route ${columnTypes(db).text}`).execute(db);
}
