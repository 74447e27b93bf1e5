import 'server-only';
import { type Kysely, sql } from 'kysely';
import { columnTypes } from '#lib/store/engine';

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text } = columnTypes(db);
  const steps = [
    `alter table files add column codes ${text} not null default '{}'`,
    `alter table findings add column place ${text}`,
    'create index files_derived on files (derived_from)',
    'create index batches_file on batches (file_id)',
    'create index attempts_file on attempts (file_id)',
  ];
  for (const step of steps) await sql.raw(step).execute(db);
}
