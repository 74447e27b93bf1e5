import 'server-only';
import { sql } from 'kysely';
import type { Db } from './engine.ts';

/** Where one process is all there is, a lease found at its start belongs to nobody who lives. */
export async function freeLeases(db: Db): Promise<void> {
  await db
    .updateTable('parts')
    .set({ fence: sql`fence + 1`, lease_until: 0 })
    .where('lease_until', '>', 0)
    .execute();
}
