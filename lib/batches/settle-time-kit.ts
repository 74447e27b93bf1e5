import 'server-only';
import { sql } from 'kysely';
import type { Db } from '#lib/store/engine';
import { settleMs } from './free-at.ts';

/** As if every create call had been sent so long ago that none can still be under way. */
export async function passSettleTime(db: Db): Promise<void> {
  await db
    .updateTable('intents')
    .set({ sent_at: sql<number>`sent_at - cast(${settleMs} as bigint)` })
    .where('sent_at', 'is not', null)
    .execute();
}
