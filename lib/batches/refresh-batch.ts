import 'server-only';
import type { Kysely, Updateable } from 'kysely';
import { type Attention, attentions, isOver, phaseOf } from '#lib/model/phase';
import type { PartRow } from '#lib/store/batches';
import { held } from '#lib/store/engine';
import type { Schema } from '#lib/store/schema';

const counted = ['succeeded', 'failed', 'cancelled', 'expired', 'missing'] as const;

/**
 * A batch is the sum of its parts. Called in the transaction that changed one of them. Of two parts that change at
 * once the second waits for the first here, and then counts it too.
 */
export async function refreshBatch(
  db: Kysely<Schema>,
  batchId: string,
  more: Updateable<Schema['batches']> = {},
): Promise<void> {
  await held(db, db.selectFrom('batches').select('id').where('id', '=', batchId)).execute();
  const all = await db.selectFrom('parts').selectAll().where('batch_id', '=', batchId).execute();
  const attempt = Math.max(...all.map((part) => part.attempt));
  const parts = all.filter((part) => part.attempt === attempt);
  const phase = phaseOf(parts.map((part) => part.phase));
  const { kept } = await db
    .updateTable('attempts')
    .set({ phase })
    .where('batch_id', '=', batchId)
    .where('n', '=', attempt)
    .returning('kept')
    .executeTakeFirstOrThrow();
  const rest = JSON.parse(kept ?? '{}') as Partial<Record<(typeof counted)[number], number>>;
  const counts = Object.fromEntries(counted.map((name) => [name, sum(parts, name) + (rest[name] ?? 0)]));
  await db
    .updateTable('batches')
    .set({
      ...more,
      phase,
      attention: isOver(phase) ? null : mostUrgent(parts),
      ...counts,
      ...(isOver(phase) ? {} : { finished_at: null }),
    })
    .where('id', '=', batchId)
    .execute();
}

function sum(parts: PartRow[], name: (typeof counted)[number]): number {
  return parts.reduce((total, part) => total + part[name], 0);
}

/** What only a person can settle comes before what may pass by itself. */
const urgency: Attention[] = ['needs_decision', 'credential_rejected', ...attentions];
function mostUrgent(parts: PartRow[]): Attention | null {
  return urgency.find((attention) => parts.some((part) => part.attention === attention)) ?? null;
}
