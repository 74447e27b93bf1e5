import 'server-only';
import type { Kysely } from 'kysely';
import { dbNow, unheld } from '#lib/store/engine';
import type { Schema } from '#lib/store/schema';

/** Room may have come. Whoever is just being worked on is left out, and asks by itself soon. */
export async function wakeLine(db: Kysely<Schema>, connectionId: string): Promise<void> {
  const waiting = unheld(
    db,
    db
      .selectFrom('parts')
      .select('id')
      .where('hold', '=', 'queue')
      .where('batch_id', 'in', (eb) =>
        eb.selectFrom('batches').select('batches.id').where('connection_id', '=', connectionId),
      ),
  );
  await db
    .updateTable('parts')
    .set({ due_at: dbNow(db) })
    .where('id', 'in', waiting)
    .execute();
}
