import 'server-only';
import { type Kysely, sql } from 'kysely';
import { columnTypes } from '#lib/store/engine';

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text } = columnTypes(db);
  const needed = ['id', 'workspace', 'name', 'form', 'created_by', 'updated_by'].map(
    (name) => `${name} ${text} not null`,
  );
  const counts = ['requests', 'errors', 'revision', 'created_at', 'updated_at'].map(
    (name) => `${name} bigint not null`,
  );
  const columns = [...needed, `connection_id ${text}`, ...counts, 'primary key (id)'];
  await sql.raw(`create table drafts (${columns.join(', ')})`).execute(db);
  await sql.raw('create index drafts_newest on drafts (workspace, updated_at, id)').execute(db);
}
