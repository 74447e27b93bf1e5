import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testEnv } from '#lib/test-context';
import { openBeside } from './open-beside.ts';
import { openStore } from './open-store.ts';
import { emptyTestPlace } from './test-db.ts';

test('an environment opens its store migrated, and the next start finds it so', async () => {
  const env = testEnv(await emptyTestPlace());
  const first = await openStore(env);
  expect(first.migrated.length).toBeGreaterThan(0);
  await first.close();
  const second = await openStore(env);
  expect(second.migrated).toEqual([]);
  await second.close();
});

test('a shared store is opened by many at once, one in a folder by one alone', async () => {
  const place = await emptyTestPlace();
  const env = testEnv(place);
  const first = await openStore(env);
  if (place.DATABASE_URL === undefined) {
    await expect(openStore(env)).rejects.toThrow('another Batchdeck works with');
  } else {
    const more = await Promise.all([openStore(env), openStore(env)]);
    await Promise.all(more.map((store) => store.close()));
  }
  await first.close();
});

test('a start that is refused lets go of the store', async () => {
  const env = testEnv(await emptyTestPlace());
  const store = await openStore(env);
  const newer = { name: '999-later', timestamp: '' };
  await store.db
    .insertInto('kysely_migration' as never)
    .values(newer as never)
    .execute();
  await store.close();
  for (let n = 0; n < 2; n++) await expect(openStore(env)).rejects.toThrow('999-later');
});

test('who works beside a server finds the store as far as itself, or leaves it alone', async () => {
  const env = testEnv(await emptyTestPlace());
  const server = await openStore(env);
  const beside = await openBeside(env);
  expect(beside.mayWrite).toBe(env.DATABASE_URL !== undefined);
  await beside.db.destroy();
  const steps = sql.table('kysely_migration');
  await sql`insert into ${steps} (name, timestamp) values ('999-later', '')`.execute(server.db);
  await expect(openBeside(env)).rejects.toThrow('the store is at version 999-later');
  await sql`delete from ${steps} where name >= '006'`.execute(server.db);
  await expect(openBeside(env)).rejects.toThrow(
    'the store is older than this Batchdeck: 006-list is missing',
  );
  await server.close();
});

test('beside no store at all nothing is made', async () => {
  const env = testEnv();
  const nowhere = { ...env, BATCHDECK_DATA_DIR: path.join(env.BATCHDECK_DATA_DIR, 'nowhere') };
  await expect(openBeside(nowhere)).rejects.toThrow('its store cannot be opened there');
  expect(existsSync(nowhere.BATCHDECK_DATA_DIR)).toBe(false);
});

test('a database that cannot be reached is told in one line without its password', async () => {
  const env = testEnv({ DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/batchdeck' });
  await expect(openStore(env)).rejects.toThrow(
    /^DATABASE_URL: the database cannot be used, nothing listens at its address$/,
  );
});

test('a server that takes the call and says nothing to it is told in one line', async () => {
  const mute = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const { port } = mute.address() as AddressInfo;
  const env = testEnv({
    DATABASE_URL: `postgres://me:hunter2@127.0.0.1:${port}/x`,
  });
  await expect(openStore(env)).rejects.toThrow(
    /^DATABASE_URL: the database cannot be used, its host does not answer as one$/,
  );
  mute.close();
});

test.each([
  ['is no folder', (dir: string) => writeFileSync(dir, ''), 'it is not a folder'],
  [
    'holds something else as its store',
    (dir: string) => {
      mkdirSync(dir);
      writeFileSync(path.join(dir, 'batchdeck.sqlite'), 'x'.repeat(5_000));
    },
    'what lies there as its store is not one',
  ],
  [
    'has a folder where its store should be',
    (dir: string) => mkdirSync(path.join(dir, 'batchdeck.sqlite'), { recursive: true }),
    'its store cannot be opened there',
  ],
])('a data folder that %s is told in one line that names the variable', async (_, spoil, why) => {
  const dir = path.join(mkdtempSync(path.join(tmpdir(), 'batchdeck-')), 'data');
  spoil(dir);
  for (let n = 0; n < 2; n++)
    await expect(openStore(testEnv({ BATCHDECK_DATA_DIR: dir }))).rejects.toThrow(
      `BATCHDECK_DATA_DIR: ${dir} cannot be used, ${why}`,
    );
});
