import 'server-only';
import type { Kysely, Selectable } from 'kysely';
import type { Schema } from './schema.ts';

export type ConnectionRow = Selectable<Schema['connections']>;

export async function connectionRow(
  db: Kysely<Schema>,
  workspace: string,
  id: string,
): Promise<ConnectionRow | undefined> {
  return db
    .selectFrom('connections')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('id', '=', id)
    .executeTakeFirst();
}
