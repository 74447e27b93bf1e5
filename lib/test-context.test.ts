import { expect, test } from 'vitest';
import { demand } from '#lib/auth/permissions';
import { testContext } from './test-context.ts';

test('a test context has a migrated store and an admin who stands in it', async () => {
  const ctx = await testContext();
  expect(() => demand(ctx, 'administer')).not.toThrow();
  expect(await ctx.db.selectFrom('users').select('role').execute()).toEqual([{ role: 'admin' }]);
});

test('a piece nobody handed in says so when it is used', async () => {
  const ctx = await testContext();
  expect(() => ctx.outbound.request).toThrow('hand testContext a real outbound');
});
