import 'server-only';
import { newId } from '#lib/model/id';
import type { Db } from '#lib/store/engine';

type Planted = { connectionId: string; name: string; count: number; dueAt?: (n: number) => number };

/** So many rows go into one statement. */
const atOnce = 100;

/** Batches of one part each that run at the provider as `name-1`, `name-2` and so on, like the one that is there. */
export async function plant(db: Db, { connectionId, name, count, dueAt = () => 0 }: Planted): Promise<void> {
  const batch = await db.selectFrom('batches').selectAll().executeTakeFirstOrThrow();
  const attempt = await db.selectFrom('attempts').selectAll().executeTakeFirstOrThrow();
  const part = await db.selectFrom('parts').selectAll().executeTakeFirstOrThrow();
  const phase = 'running' as const;
  const all = Array.from({ length: count }, (_, n) => ({ n, id: newId('bat') }));
  for (let from = 0; from < count; from += atOnce) {
    const some = all.slice(from, from + atOnce);
    const batches = some.map(({ id }) => ({ ...batch, id, connection_id: connectionId, phase }));
    await db.insertInto('batches').values(batches).execute();
    const attempts = some.map(({ id }) => ({ ...attempt, batch_id: id }));
    await db.insertInto('attempts').values(attempts).execute();
    const parts = some.map(({ id, n }) => ({
      ...part,
      id: newId('prt'),
      batch_id: id,
      phase,
      due_at: dueAt(n),
      provider_batch_id: `${name}-${n}`,
    }));
    await db.insertInto('parts').values(parts).execute();
  }
}
