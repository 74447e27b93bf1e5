import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openPostgres } from './engine.ts';
import { migrate } from './migrate.ts';
import { anotherReplica, emptyTestPlace, openTestDb } from './test-db.ts';

test('a connection that breaks in a transaction fails that transaction alone', async () => {
  const db = await openTestDb();
  const other = await anotherReplica(db);
  const broken = db.transaction().execute(async (trx) => {
    await trx.insertInto('settings').values({ name: 'a', value: '1' }).execute();
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(other);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await trx.insertInto('settings').values({ name: 'b', value: '1' }).execute();
  });
  await expect(broken).rejects.toThrow();
  await db.insertInto('settings').values({ name: 'c', value: '1' }).execute();
  expect(await db.selectFrom('settings').select('name').execute()).toEqual([{ name: 'c' }]);
});

test('rows that a stopped process holds are free again after a while', async () => {
  const { DATABASE_URL: url = '' } = await emptyTestPlace();
  const stopped = openPostgres(url, { idle_in_transaction_session_timeout: 200 });
  await migrate(stopped);
  await stopped.insertInto('settings').values({ name: 'a', value: '1' }).execute();
  const write = (db: typeof stopped, value: string) =>
    db.updateTable('settings').set({ value }).where('name', '=', 'a').execute();
  const still = stopped.transaction().execute(async (trx) => {
    await write(trx, 'never');
    await new Promise((resolve) => setTimeout(resolve, 600));
    await write(trx, 'never');
  });
  const end = expect(still).rejects.toThrow();
  const db = openPostgres(url);
  await write(db, 'second');
  await end;
  expect(await db.selectFrom('settings').select('value').execute()).toEqual([{ value: 'second' }]);
  await Promise.all([db.destroy(), stopped.destroy()]);
});

test('numbers come as numbers, times as text, and nobody waits for ever', async () => {
  const db = await openTestDb();
  const { rows } = await sql`select count(*) as n, 1.5::numeric as x, now() as t, true as b`.execute(db);
  expect(rows).toEqual([{ n: 1, x: 1.5, t: expect.stringMatching(/^\d{4}-/), b: true }]);
  for (const name of ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) {
    const found = await sql<Record<string, string>>`select current_setting(${name}) as kept`.execute(db);
    expect(found.rows[0]?.kept).toMatch(/^\d+s$/);
  }
});
