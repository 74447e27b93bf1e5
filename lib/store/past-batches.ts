import 'server-only';
import { overPhases } from '#lib/model/phase';
import type { BatchRow } from './batches.ts';
import type { Db } from './engine.ts';

export type PastBatchRow = Pick<
  BatchRow,
  'phase' | 'total' | 'succeeded' | 'models' | 'submitted_at' | 'finished_at'
>;

const most = 200;

/** The latest of a connection that were sent and ended. One with a second attempt took the time of a person too. */
export async function pastBatches(db: Db, connectionId: string): Promise<PastBatchRow[]> {
  return db
    .selectFrom('batches')
    .select(['phase', 'total', 'succeeded', 'models', 'submitted_at', 'finished_at'])
    .where('connection_id', '=', connectionId)
    .where('phase', 'in', overPhases)
    .where('submitted_at', 'is not', null)
    .where('finished_at', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('attempts')
            .select('n')
            .whereRef('attempts.batch_id', '=', 'batches.id')
            .where('n', '>', 1),
        ),
      ),
    )
    .orderBy('finished_at', 'desc')
    .limit(most)
    .execute();
}

/** How long it ran, where it ran to its end. */
export function tookOf({ phase, submitted_at, finished_at }: PastBatchRow): number | null {
  if (phase !== 'completed' || submitted_at === null || finished_at === null) return null;
  return Math.max(0, finished_at - submitted_at);
}
