import 'server-only';
import { type Kysely, sql } from 'kysely';
import { columnTypes } from '#lib/store/engine';

/** The page that saved last, and which of its saves that was. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text } = columnTypes(db);
  await sql.raw(`alter table drafts add column writer ${text}`).execute(db);
  await sql.raw('alter table drafts add column writer_save bigint not null default 0').execute(db);
}
