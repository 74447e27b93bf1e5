import 'server-only';
import { type Kysely, sql } from 'kysely';

/** What providers that take files, list their batches and keep results for a time made us remember. */
const columns: Record<string, Record<string, string>> = {
  batches: {
    /** Public headers of the batch's own, sent with each of its calls. */
    headers: "text not null default '{}'",
    metadata: "text not null default '{}'",
    /** The providers' own percentages, weighed; null where a part has none. */
    progress: 'bigint',
  },
  parts: {
    /** The bytes of the file that hold its lines; null where it is the whole file. */
    first_byte: 'bigint',
    last_byte: 'bigint',
    input_file_id: 'text',
    /** When anything about it last changed at the provider. */
    moved_at: 'bigint',
    /** Until when the provider keeps its results at least. */
    results_until: 'bigint',
    /** What its downloads have brought so far, to hold the next one against. */
    fetched: 'text',
    expires_at: 'bigint',
    progress: 'bigint',
    cost_nano: 'bigint',
    warned_at: 'bigint',
  },
  intents: {
    input_file_id: 'text',
    candidates: 'text',
    /** What the call became, also where it was heard of too late to be followed. */
    provider_batch_id: 'text',
  },
  connections: { paused_at: 'bigint', paused_why: 'text', checked: 'text' },
};

const indexes = [
  'create index parts_provider on parts (provider_batch_id)',
  'create index intents_provider on intents (provider_batch_id)',
  'create index parts_held on parts (hold) where hold is not null',
  'create index batches_of_connection on batches (connection_id, finished_at)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, added] of Object.entries(columns)) {
    for (const [name, type] of Object.entries(added)) {
      await sql`alter table ${sql.table(table)} add column ${sql.ref(name)} ${sql.raw(type)}`.execute(db);
    }
  }
  for (const index of indexes) await sql.raw(index).execute(db);
}
