import 'server-only';
import { type Kysely, sql } from 'kysely';
import { columnTypes } from '#lib/store/engine';

/** How the counts of a batch have changed, for its chart. Batches from before have none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text } = columnTypes(db);
  const columns = `batch_id ${text} not null, workspace ${text} not null, at bigint not null`;
  const counts = 'succeeded bigint not null, failed bigint not null, other bigint not null';
  await sql.raw(`create table progress (${columns}, ${counts}, primary key (batch_id, at))`).execute(db);
}
