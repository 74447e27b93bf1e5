import 'server-only';
import type { Kysely } from 'kysely';
import { overPhases } from '#lib/model/phase';
import { dbNow } from './engine.ts';
import type { Schema } from './schema.ts';

/**
 * Ends what these batches still wait for without another call: the clock collects what was fetched, and every other
 * line fails with this error. The new fence ends a claim that is just held, so its late answer is not written.
 */
export async function giveUpParts(
  trx: Kysely<Schema>,
  batchIds: string[],
  error: { code: string; message: string },
  now: number,
): Promise<void> {
  if (batchIds.length === 0) return;
  const parts = trx
    .selectFrom('parts')
    .select('id')
    .where('batch_id', 'in', batchIds)
    .where('phase', 'not in', [...overPhases, 'collecting']);
  await trx
    .updateTable('intents')
    .set({ state: 'abandoned', settled_at: now })
    .where('part_id', 'in', parts)
    .where('state', 'in', ['intent', 'sent', 'lost'])
    .execute();
  await trx
    .updateTable('parts')
    .set((eb) => ({
      phase: 'collecting',
      ends_as: 'failed',
      error: JSON.stringify(error),
      attention: null,
      hold: null,
      failures: 0,
      wait_ms: 0,
      fence: eb('fence', '+', 1),
      lease_until: 0,
      due_at: dbNow(trx),
      changed_at: now,
    }))
    .where('id', 'in', parts)
    .execute();
}
