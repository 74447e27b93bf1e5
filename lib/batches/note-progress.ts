import 'server-only';
import type { Insertable, Kysely } from 'kysely';
import type { Schema } from '#lib/store/schema';

type Point = Insertable<Schema['progress']>;

/** More points than a chart can show are not kept of a batch. */
export const mostPoints = 200;

/**
 * Keeps how the counts stand. A point that would stand too close to the last one to be told from it is left out, unless
 * it is where a phase ends; when all places are taken every second one is freed.
 */
export async function noteProgress(db: Kysely<Schema>, point: Point, isTurn: boolean): Promise<void> {
  const { batch_id, workspace: _, at: now, ...counts } = point;
  const { first, last, n } = await db
    .selectFrom('progress')
    .select((eb) => [
      eb.fn.min('at').as('first'),
      eb.fn.max('at').as('last'),
      eb.fn.countAll<number>().as('n'),
    ])
    .where('batch_id', '=', batch_id)
    .executeTakeFirstOrThrow();
  // Of two machines one may be behind: what is written later stands later.
  const at = Math.max(now, last ?? now);
  const isTooClose = last !== null && at - last < (at - first) / mostPoints;
  if (isTooClose && !isTurn) return;
  await db
    .insertInto('progress')
    .values({ ...point, at })
    .onConflict((conflict) => conflict.columns(['batch_id', 'at']).doUpdateSet(counts))
    .execute();
  if (Number(n) >= mostPoints) await thinOut(db, batch_id);
}

async function thinOut(db: Kysely<Schema>, batchId: string): Promise<void> {
  const kept = await db
    .selectFrom('progress')
    .select('at')
    .where('batch_id', '=', batchId)
    .orderBy('at')
    .execute();
  const every = kept.flatMap(({ at }, place) => (place % 2 === 1 && place < kept.length - 1 ? [at] : []));
  await db.deleteFrom('progress').where('batch_id', '=', batchId).where('at', 'in', every).execute();
}
