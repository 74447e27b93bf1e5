import { expect, test } from 'vitest';
import { openTestDb } from './test-db.ts';

test('rows are plain objects, which may travel to the browser', async () => {
  const db = await openTestDb();
  await db.insertInto('settings').values({ name: 'a', value: 'b' }).execute();
  const [row] = await db.selectFrom('settings').selectAll().execute();
  expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
});

test('what only one engine could keep is refused, and NUL becomes a visible mark', async () => {
  const db = await openTestDb();
  const insert = (value: unknown) =>
    db
      .insertInto('settings')
      .values({ name: 'a', value: value as string })
      .execute();
  await expect(insert(new Date())).rejects.toThrow('Date');
  await expect(insert(true)).rejects.toThrow('boolean');
  await insert('a\0b');
  expect(await db.selectFrom('settings').select('value').execute()).toEqual([{ value: 'a\uFFFDb' }]);
});
