import 'server-only';
import { type Kysely, sql } from 'kysely';

/** What providers that take files, list their batches and keep results for a time made us remember. */
const columns: Record<string, Record<string, string>> = {
  batches: {
    /** Public headers of the batch's own, sent with each of its calls. */
    headers: "text not null default '{}'",
    metadata: "text not null default '{}'",
  },
  parts: {
    /** The bytes of the file that hold its lines; null where it is the whole file. */
    first_byte: 'bigint',
    last_byte: 'bigint',
    input_file_id: 'text',
    /** When anything about it last changed at the provider. */
    moved_at: 'bigint',
    /** Until when the provider keeps its results. */
    results_until: 'bigint',
    /** Hash and lines of the last whole download, to hold the next one against. */
    fetched: 'text',
  },
  intents: { input_file_id: 'text', candidates: 'text' },
  connections: { paused_at: 'bigint', paused_why: 'text', checked: 'text' },
};

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, added] of Object.entries(columns)) {
    for (const [name, type] of Object.entries(added)) {
      await sql`alter table ${sql.table(table)} add column ${sql.ref(name)} ${sql.raw(type)}`.execute(db);
    }
  }
}
