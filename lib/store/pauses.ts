import 'server-only';
import type { Kysely } from 'kysely';
import { pausedForKey } from '#lib/model/connection';
import { type ConnectionRow, wakeParts } from './connections.ts';
import { held } from './engine.ts';
import type { Schema } from './schema.ts';

type Paused = Pick<ConnectionRow, 'id' | 'paused_at' | 'paused_why'>;

/** Whether the provider's refusal of the key is why nothing is called, rather than a person's wish. */
export function isKeyRefused({ paused_at, paused_why }: Paused): boolean {
  return paused_at !== null && paused_why === pausedForKey;
}

/** As it is until the end of this transaction. */
export async function isPaused(trx: Kysely<Schema>, id: string): Promise<boolean> {
  const row = trx.selectFrom('connections').select('paused_at').where('id', '=', id);
  return (await held(trx, row).executeTakeFirstOrThrow()).paused_at !== null;
}

/**
 * `first` paused it: of many calls that are refused at once, one does. `outdated` says nothing of the key there is
 * now: the connection was changed since it was read for the call.
 */
export async function pauseForKey(
  trx: Kysely<Schema>,
  { id, updated_at }: Pick<ConnectionRow, 'id' | 'updated_at'>,
  now: number,
): Promise<'first' | 'known' | 'outdated'> {
  const called = trx.selectFrom('connections').select('paused_at').where('id', '=', id);
  const row = await held(trx, called.where('updated_at', '=', updated_at)).executeTakeFirst();
  if (!row) return 'outdated';
  if (row.paused_at !== null) return 'known';
  const paused = { paused_at: now, paused_why: pausedForKey };
  await trx.updateTable('connections').set(paused).where('id', '=', id).execute();
  return 'first';
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
