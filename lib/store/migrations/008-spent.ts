import 'server-only';
import { type Kysely, sql } from 'kysely';

/** What batches have cost, by model, and what they saved. Those that ended before do not know it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table batches add column spent text`.execute(db);
  await sql`alter table batches add column saved_nano bigint`.execute(db);
  await sql`alter table batches add column unpriced bigint not null default 0`.execute(db);
}
