import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { migrate, type Steps } from './migrate.ts';
import { anotherReplica, emptyTestDb, openTestDb } from './test-db.ts';

let runs = 0;
const step = (statement: string, then = () => {}) => ({
  async up(db: Parameters<Steps[string]['up']>[0]) {
    runs += 1;
    await sql.raw(statement).execute(db);
    then();
  },
});
const one = step('create table one (a text)');
const two = step('create table two (a text)');

test('of several replicas that start at once one migrates and the rest wait', async () => {
  const db = await emptyTestDb();
  const replicas = await Promise.all(Array.from({ length: 5 }, () => anotherReplica(db)));
  runs = 0;
  const taken = await Promise.all(
    replicas.map((replica) => migrate(replica, { '001-one': one, '002-two': two })),
  );
  expect(taken.flat().sort()).toEqual(['001-one', '002-two']);
  expect(runs).toBe(2);
});

test('a start that broke off in a step is taken up at that step', async () => {
  const db = await emptyTestDb();
  const killed = step('create table two (a text)', () => {
    throw new Error('killed');
  });
  await expect(migrate(db, { '001-one': one, '002-two': killed })).rejects.toThrow('killed');
  expect(await migrate(db, { '001-one': one, '002-two': two })).toEqual(['002-two']);
  expect(await migrate(db, { '001-one': one, '002-two': two })).toEqual([]);
});

test('an older program names the version it does not know, and writes nothing', async () => {
  const db = await emptyTestDb();
  await migrate(db, { '001-one': one, '002-two': two });
  const steps = () => sql`select * from kysely_migration order by name`.execute(db);
  const before = await steps();
  const older = step('create table three (a text)');
  runs = 0;
  const refused = migrate(db, { '001-one': one, '001-other': older });
  await expect(refused).rejects.toThrow('the store is at version 002-two and this Batchdeck knows it up to');
  expect(runs).toBe(0);
  expect(await steps()).toEqual(before);
});

test('text is compared byte by byte on both engines', async () => {
  const db = await openTestDb();
  const names = ['b', 'B', 'a', 'é', 'Z', '_'];
  await db
    .insertInto('settings')
    .values(names.map((name) => ({ name, value: '' })))
    .execute();
  const rows = await db.selectFrom('settings').select('name').orderBy('name').execute();
  expect(rows.map(({ name }) => name)).toEqual(['B', 'Z', '_', 'a', 'b', 'é']);
});
