import 'server-only';
import type { Kysely } from 'kysely';
import { overPhases } from '#lib/model/phase';
import { takenOver } from './claims.ts';
import { held } from './engine.ts';
import type { Schema } from './schema.ts';

/**
 * Ends what these batches still wait for without another call: the clock collects what was fetched, and every other
 * line fails with this error.
 */
export async function giveUpParts(
  trx: Kysely<Schema>,
  batchIds: string[],
  error: { code: string; message: string },
  now: number,
): Promise<void> {
  if (batchIds.length === 0) return;
  // The parts first, as whoever holds a claim does it: in another order the two would wait for each other.
  const parts = await held(
    trx,
    trx
      .selectFrom('parts')
      .select('id')
      .where('batch_id', 'in', batchIds)
      .where('phase', 'not in', [...overPhases, 'collecting'])
      .orderBy('id'),
  ).execute();
  const ids = parts.map(({ id }) => id);
  if (ids.length === 0) return;
  await trx
    .updateTable('intents')
    .set({ state: 'abandoned', settled_at: now })
    .where('part_id', 'in', ids)
    .where('state', 'in', ['intent', 'sent', 'lost'])
    .execute();
  await trx
    .updateTable('parts')
    .set({
      phase: 'collecting',
      ends_as: 'failed',
      error: JSON.stringify(error),
      ...takenOver(trx, now),
    })
    .where('id', 'in', ids)
    .execute();
}
