import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { asRefusal } from '#lib/errors';
import { openSqlite } from './engine.ts';

test('a store that is full says so, and takes the next write when there is room', async () => {
  const db = openSqlite(path.join(mkdtempSync(path.join(tmpdir(), 'batchdeck-')), 'batchdeck.sqlite'));
  await sql`create table lines (text text)`.execute(db);
  const write = () =>
    db.transaction().execute(async (trx) => {
      for (let n = 0; n < 100; n++) await sql`insert into lines values (${'x'.repeat(10_000)})`.execute(trx);
    });
  await sql`pragma max_page_count = 20`.execute(db);
  const failure = await write().catch((error: unknown) => error);
  expect(asRefusal(failure)).toMatchObject({ code: 'storage_full' });
  await sql`pragma max_page_count = 100000`.execute(db);
  await write();
  const { rows } = await sql`select count(*) as n from lines`.execute(db);
  expect(rows).toEqual([{ n: 100 }]);
  await db.destroy();
});
