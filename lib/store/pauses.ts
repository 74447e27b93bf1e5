import 'server-only';
import type { Kysely } from 'kysely';
import { pausedForKey } from '#lib/model/connection';
import { type ConnectionRow, wakeParts } from './connections.ts';
import type { Schema } from './schema.ts';

type Paused = Pick<ConnectionRow, 'id' | 'paused_at' | 'paused_why'>;

/** Whether the provider's refusal of the key is why nothing is called, rather than a person's wish. */
export function isKeyRefused({ paused_at, paused_why }: Paused): boolean {
  return paused_at !== null && paused_why === pausedForKey;
}

/** False where it is paused already: of many calls that are refused at once, one pauses. */
export async function pauseForKey(db: Kysely<Schema>, id: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('connections')
    .set({ paused_at: now, paused_why: pausedForKey })
    .where('id', '=', id)
    .where('paused_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The key works after all. A pause that was made or ended meanwhile stays as it is. */
export async function liftPause(db: Kysely<Schema>, { id, paused_at }: Paused): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('connections')
    .set({ paused_at: null, paused_why: null })
    .where('id', '=', id)
    .where('paused_at', '=', paused_at)
    .where('paused_why', '=', pausedForKey)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) await wakeParts(db, id);
}
