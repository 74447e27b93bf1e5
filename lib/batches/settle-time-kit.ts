import 'server-only';
import { sql } from 'kysely';
import type { Db } from '#lib/store/engine';
import { settleMs } from './free-at.ts';

/** As if every create call had been sent so long ago that none can still be under way. */
export async function passSettleTime(db: Db): Promise<void> {
  const before = (column: string) => sql<number>`${sql.ref(column)} - cast(${settleMs} as bigint)`;
  await db
    .updateTable('intents')
    .set({ sent_at: before('sent_at'), settled_at: before('settled_at') })
    .where('sent_at', 'is not', null)
    .execute();
}
