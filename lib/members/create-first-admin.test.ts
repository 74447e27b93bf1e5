import { beforeEach, expect, test } from 'vitest';
import { passwordFits } from '#lib/auth/password';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { replicaOf, testContext } from '#lib/test-context';
import { createFirstAdmin } from './create-first-admin.ts';
import { setupLinkIsOpen } from './find-setup-link.ts';
import { renewSetupLink } from './renew-setup-link.ts';

let ctx: Context;
const password = 'correct horse battery';

beforeEach(async () => {
  ctx = await testContext({ actor: { kind: 'anyone' } });
});

const attempt = (token: string, email = 'first@example.com') =>
  createFirstAdmin(ctx, { token, email, password }).catch((error: unknown) => error);

test('twenty people with the link at once make exactly one admin', async () => {
  const token = (await renewSetupLink(ctx)) ?? '';
  const tries = await Promise.all(Array.from({ length: 20 }, (_, i) => attempt(token, `p${i}@example.com`)));
  const refused = tries.filter((found) => found instanceof Refusal && found.code === 'not_found');
  expect(refused).toHaveLength(19);
  const users = await ctx.db.selectFrom('users').selectAll().execute();
  expect(users.map((user) => user.role)).toEqual(['admin']);
  expect(await passwordFits(password, users[0]?.password_hash)).toBe(true);
  expect(await ctx.db.selectFrom('sessions').selectAll().execute()).toHaveLength(1);
  expect(await ctx.db.selectFrom('events').select(['actor', 'verb']).execute()).toEqual([
    { actor: 'system:setup', verb: 'member.created' },
  ]);
});

test('of several replicas that start at once one tells the link that opens', async () => {
  const replicas = await Promise.all(Array.from({ length: 6 }, () => replicaOf(ctx)));
  const told = await Promise.all(replicas.map((replica) => renewSetupLink(replica)));
  expect(await ctx.db.selectFrom('setup_links').selectAll().execute()).toHaveLength(1);
  const open = await Promise.all(told.map((token) => setupLinkIsOpen(ctx, token ?? '')));
  expect(open.filter(Boolean)).toHaveLength(1);
});

test('a replica that starts while somebody sets up leaves one admin and no link', async () => {
  const token = (await renewSetupLink(ctx)) ?? '';
  const other = await replicaOf(ctx);
  const [made] = await Promise.all([attempt(token), renewSetupLink(other), renewSetupLink(other)]);
  const users = await ctx.db.selectFrom('users').selectAll().execute();
  expect(users).toHaveLength(made instanceof Refusal ? 0 : 1);
  const links = await ctx.db.selectFrom('setup_links').selectAll().execute();
  expect(links).toHaveLength(made instanceof Refusal ? 1 : 0);
});

test('afterwards the link is dead and no new one is made', async () => {
  const token = (await renewSetupLink(ctx)) ?? '';
  await attempt(token);
  expect(await setupLinkIsOpen(ctx, token)).toBe(false);
  expect(await attempt(token, 'second@example.com')).toMatchObject({ code: 'not_found' });
  expect(await renewSetupLink(ctx)).toBeNull();
});

test('a new link replaces the old, and the store knows neither', async () => {
  const old = (await renewSetupLink(ctx)) ?? '';
  const fresh = (await renewSetupLink(ctx)) ?? '';
  expect([await setupLinkIsOpen(ctx, old), await setupLinkIsOpen(ctx, fresh)]).toEqual([false, true]);
  expect(await attempt(old)).toMatchObject({ code: 'not_found' });
  expect(await ctx.db.selectFrom('users').selectAll().execute()).toEqual([]);
  expect(JSON.stringify(await ctx.db.selectFrom('setup_links').selectAll().execute())).not.toContain(fresh);
});

test('a link made before somebody was provisioned opens nothing', async () => {
  const token = (await renewSetupLink(ctx)) ?? '';
  await testContext({ db: ctx.db });
  expect(await setupLinkIsOpen(ctx, token)).toBe(false);
  expect(await attempt(token)).toMatchObject({ code: 'not_found' });
});
