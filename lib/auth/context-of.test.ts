import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Context, thisProcess } from '#lib/context';
import { newId } from '#lib/model/id';
import { testContext, testEnv } from '#lib/test-context';
import { contextOf } from './context-of.ts';
import { cookieName, cookieWarning, sessionCookie } from './cookie.ts';
import { hashToken } from './secret-token.ts';
import { openSession } from './session.ts';

let ctx: Context;
let userId: string;
const token = 'bd_0123456789abcdef';

beforeEach(async () => {
  ctx = await testContext();
  thisProcess().deps = ctx;
  if (ctx.actor.kind !== 'user') throw new Error('expected a user');
  userId = ctx.actor.userId;
  await ctx.db
    .insertInto('tokens')
    .values({
      id: newId('tok'),
      workspace: ctx.workspace,
      name: 'ci',
      token_hash: hashToken(token),
      user_id: userId,
      connection_id: 'con_1',
      set_by_file: 0,
      created_at: 0,
      used_at: null,
    })
    .execute();
});
afterEach(() => {
  thisProcess().deps = null;
});

const actorFor = async (headers: Record<string, string>) =>
  (await contextOf(new Request('http://localhost:3000/', { headers }))).actor;

test('a cookie brings in its person, a token its user and its connection', async () => {
  const session = await openSession(ctx.db, ctx, userId);
  expect(await actorFor({ cookie: `a=b; __Host-batchdeck=${session}; c=d` })).toMatchObject({
    kind: 'user',
    userId,
  });
  expect(await actorFor({ authorization: `Bearer ${token}` })).toMatchObject({
    kind: 'token',
    userId,
    role: 'admin',
    connectionId: 'con_1',
  });
});

test('a dead cookie is not rescued by a living token', async () => {
  expect(await actorFor({ cookie: '__Host-batchdeck=dead', authorization: `Bearer ${token}` })).toEqual({
    kind: 'anyone',
  });
});

test('a token has the role its user has now, and none once the user is disabled', async () => {
  await ctx.db.updateTable('users').set({ role: 'viewer' }).execute();
  expect(await actorFor({ authorization: `Bearer ${token}` })).toMatchObject({ role: 'viewer' });
  await ctx.db.updateTable('users').set({ disabled_at: 1 }).execute();
  expect(await actorFor({ authorization: `Bearer ${token}` })).toEqual({ kind: 'anyone' });
});

test('the cookie is guarded on loopback and https, and plain with a warning on other http', () => {
  const envs = {
    loopback: testEnv(),
    https: testEnv({ APP_URL: 'https://batches.example.com' }),
    http: testEnv({ APP_URL: 'http://batches.example.com' }),
  };
  for (const env of [envs.loopback, envs.https]) {
    expect(sessionCookie(env, 'x')).toMatch(
      /^__Host-batchdeck=x; Path=\/; .*HttpOnly; SameSite=Lax; Secure$/,
    );
    expect(cookieWarning(env)).toBeNull();
  }
  expect(cookieName(envs.http)).toBe('batchdeck');
  expect(sessionCookie(envs.http, 'x')).not.toContain('Secure');
  expect(cookieWarning(envs.http)).toContain('not encrypted');
});
