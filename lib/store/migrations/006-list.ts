import 'server-only';
import { type Kysely, sql } from 'kysely';

/** A list of ten thousand batches asks for the parts of fifty. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index parts_batch on parts (batch_id, attempt, n)`.execute(db);
}
