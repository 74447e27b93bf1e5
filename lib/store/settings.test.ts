import { expect, test } from 'vitest';
import { setting, settleSetting, takeTurn } from './settings.ts';
import { openTestDb } from './test-db.ts';

test('of several who settle a value the first decides for all', async () => {
  const db = await openTestDb();
  const values = await Promise.all(['a', 'b', 'c'].map((value) => settleSetting(db, 'x', value)));
  expect(new Set(values).size).toBe(1);
  expect(await setting(db, 'x')).toBe(values[0]);
  expect(await setting(db, 'y')).toBeNull();
});

test('a turn is taken by one, and again only after its time', async () => {
  const db = await openTestDb();
  const turns = await Promise.all(Array.from({ length: 5 }, () => takeTurn(db, 'sweep', 60_000)));
  expect(turns.filter((mine) => mine)).toHaveLength(1);
  expect(await takeTurn(db, 'sweep', 60_000)).toBe(false);
  expect(await takeTurn(db, 'other', 60_000)).toBe(true);
  await db
    .updateTable('settings')
    .set({ value: String(Date.now() - 61_000) })
    .where('name', '=', 'sweep')
    .execute();
  expect(await takeTurn(db, 'sweep', 60_000)).toBe(true);
});
