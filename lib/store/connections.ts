import 'server-only';
import type { Kysely, Selectable } from 'kysely';
import { overPhases } from '#lib/model/phase';
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

/** What a connection still has to do. In a transaction that holds its row nothing is added meanwhile. */
export function unfinished(db: Kysely<Schema>, connectionId: string) {
  return db
    .selectFrom('batches')
    .where('connection_id', '=', connectionId)
    .where('deleted_at', 'is', null)
    .where('phase', 'not in', overPhases);
}
