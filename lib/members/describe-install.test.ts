import { expect, test } from 'vitest';
import type { Context } from '#lib/context';
import { testContext } from '#lib/test-context';
import { describeInstall } from './describe-install.ts';

test('the data folder is told to admins alone', async () => {
  const ctx = await testContext();
  const as = (role: string) => ({ ...ctx, actor: { ...ctx.actor, kind: 'user', role } as Context['actor'] });
  expect((await describeInstall(as('admin'))).dataFolder).toBe(ctx.env.BATCHDECK_DATA_DIR);
  expect((await describeInstall(as('viewer'))).dataFolder).toBeNull();
  expect((await describeInstall(as('viewer'))).version).toMatch(/^\d+\.\d+\.\d+$/);
});

test('nobody unknown is told anything', async () => {
  const ctx = await testContext();
  await expect(describeInstall({ ...ctx, actor: { kind: 'anyone' } })).rejects.toMatchObject({
    code: 'unauthenticated',
  });
});
