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

/** It and all that lead to the same provider, deleted ones too: what the one made stands in the list of the other. */
export function toSameProvider(db: Kysely<Schema>, connectionId: string) {
  return db
    .selectFrom('connections')
    .select('id')
    .where('base_url', '=', (eb) =>
      eb.selectFrom('connections as one').select('one.base_url').where('one.id', '=', connectionId),
    )
    .orderBy('id');
}

/** Parts that waited for a better key, or for the end of a pause, are looked at again at once. */
export async function wakeParts(db: Kysely<Schema>, connectionId: string): Promise<void> {
  await db
    .updateTable('parts')
    .set({ due_at: 0 })
    .where((eb) => eb.or([eb('hold', '=', 'connection'), eb('attention', '=', 'credential_rejected')]))
    .where('batch_id', 'in', unfinished(db, connectionId).select('batches.id'))
    .execute();
}

/** What a connection still has to do. In a transaction that holds its row nothing is added meanwhile. */
export function unfinished(db: Kysely<Schema>, connectionId: string) {
  return db
    .selectFrom('batches')
    .where('connection_id', '=', connectionId)
    .where('deleted_at', 'is', null)
    .where('phase', 'not in', overPhases);
}
