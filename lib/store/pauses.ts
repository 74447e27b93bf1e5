import 'server-only';
import type { Kysely } from 'kysely';
import type { ConnectionRow } from './connections.ts';
import { dbNow } from './engine.ts';
import type { Schema } from './schema.ts';

type Paused = Pick<ConnectionRow, 'id' | 'paused_at' | 'rejected_at'>;

/** Whether the provider's refusal of the key is why nothing is called, rather than a person's wish. */
export function isKeyRefused({ paused_at, rejected_at }: Paused): boolean {
  return paused_at !== null && paused_at === rejected_at;
}

/** False where it is paused already: of many calls that are refused at once, one pauses. */
export async function pauseForKey(
  db: Kysely<Schema>,
  id: string,
  now: number,
  why: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('connections')
    .set({ paused_at: now, rejected_at: now, paused_why: why })
    .where('id', '=', id)
    .where('paused_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The key works after all. A pause that was made or ended meanwhile stays as it is. */
export async function liftPause(db: Kysely<Schema>, { id, paused_at }: Paused): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('connections')
    .set({ paused_at: null, rejected_at: null, paused_why: null })
    .where('id', '=', id)
    .where('paused_at', '=', paused_at)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) await wakeParts(db, id);
}

/** What waits for a connection need not wait for the clock's next look at it. */
export async function wakeParts(db: Kysely<Schema>, connectionId: string): Promise<void> {
  await db
    .updateTable('parts')
    .set({ due_at: dbNow(db) })
    .where((eb) => eb.or([eb('hold', '=', 'connection'), eb('attention', '=', 'credential_rejected')]))
    .where('batch_id', 'in', (eb) =>
      eb.selectFrom('batches').select('batches.id').where('connection_id', '=', connectionId),
    )
    .execute();
}
