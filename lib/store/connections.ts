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

/** Parts that waited for a better key, or for the end of a pause, are looked at again at once. */
export async function wakeParts(db: Kysely<Schema>, connectionId: string): Promise<void> {
  await db
    .updateTable('parts')
    .set({ due_at: 0 })
    .where((eb) => eb.or([eb('hold', '=', 'connection'), eb('attention', '=', 'credential_rejected')]))
    .where('batch_id', 'in', (eb) =>
      eb.selectFrom('batches').select('batches.id').where('connection_id', '=', connectionId),
    )
    .execute();
}
