import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { tokenActor } from '#lib/auth/token';
import { listConnections } from '#lib/connections/list-connections';
import { updateConnection } from '#lib/connections/update-connection';
import type { Context } from '#lib/context';
import { signIn } from '#lib/members/sign-in';
import { testContext } from '#lib/test-context';
import { provision } from './provision.ts';

let ctx: Context;
let file: string;
beforeEach(async () => {
  ctx = await testContext();
  file = path.join(ctx.env.BATCHDECK_DATA_DIR, 'provision.json');
});

const token = `bd_${'x'.repeat(20)}`;
const full = {
  users: [{ email: 'op@example.com', password: 'correct horse', role: 'operator' }],
  connections: [
    {
      name: 'gw',
      preset: 'inline-compatible',
      baseUrl: 'https://gw.example.com/v1',
      apiKey: 'sk-canary-0123456789',
    },
  ],
  tokens: [{ name: 'ci', value: token, user: 'op@example.com', connection: 'gw' }],
};
const system = (it: Context): Context => ({ ...it, actor: { kind: 'system', name: 'provisioning' } });
const apply = (says: unknown) => {
  writeFileSync(file, JSON.stringify(says));
  return provision(system(ctx), file);
};
const everything = async () => {
  const tables = ['users', 'sessions', 'connections', 'tokens', 'events'] as const;
  return JSON.stringify(
    await Promise.all(tables.map((table) => ctx.db.selectFrom(table).selectAll().execute())),
  );
};

test('users, connections and tokens stand as the file says', async () => {
  await apply(full);
  expect(await listConnections(ctx)).toMatchObject([
    {
      name: 'gw',
      preset: 'inline-compatible',
      key: { last4: '6789' },
      setByFile: ['preset', 'baseUrl', 'apiKey'],
    },
  ]);
  const actor = await tokenActor(ctx.db, token, Date.now());
  expect(actor).toMatchObject({
    kind: 'token',
    role: 'operator',
    connectionId: expect.stringMatching(/^con_/),
  });
});

test('a start that changes nothing writes nothing and ends no session', async () => {
  await apply(full);
  await signIn(ctx, { email: 'op@example.com', password: 'correct horse', peer: '127.0.0.1' });
  const before = await everything();
  await apply(full);
  expect(await everything()).toBe(before);
});

test('a new password ends the old sessions', async () => {
  await apply(full);
  await signIn(ctx, { email: 'op@example.com', password: 'correct horse', peer: '127.0.0.1' });
  await apply({ users: [{ ...full.users[0], password: 'another horse' }] });
  expect(await ctx.db.selectFrom('sessions').selectAll().execute()).toEqual([]);
});

test('what the file sets is read-only on screen', async () => {
  await apply(full);
  const [gw] = await listConnections(ctx);
  await expect(updateConnection(ctx, gw?.id ?? '', { apiKey: 'sk-other' })).rejects.toMatchObject({
    code: 'conflict',
  });
  await updateConnection(ctx, gw?.id ?? '', { discount: 0.4 });
});

test.each([
  [{ users: [], extra: 1 }, /extra/],
  [{ connections: [{ ...full.connections[0], api_base: 'https://evil.example' }] }, /api_base/],
  [{ connections: [{ name: 'x', preset: 'nobody' }] }, /must be one of sandbox/],
  [{ users: [{ ...full.users[0], password: 'short' }] }, /at least 8/],
  [{ tokens: [{ name: 'ci', value: 'bd_short', user: 'op@example.com' }] }, /bd_/],
  [{ tokens: [{ name: 'ci', value: token, user: 'nobody@example.com' }] }, /no user/],
  [{ users: [{ ...full.users[0], password: { env: 'NOT_SET_ANYWHERE' } }] }, /NOT_SET_ANYWHERE/],
])('a wrong file stops the start in one line: %j', async (says, words) => {
  const failure = await apply(says).then(
    () => null,
    (error: Error) => error,
  );
  expect(failure?.message).toMatch(words);
  expect(failure?.message).toMatch(/^BATCHDECK_PROVISION: [^\n]+$/);
  expect(failure?.message).not.toContain('correct horse');
});

test('secrets may stand in the environment or in a file', async () => {
  process.env.PROVISION_TEST_KEY = 'sk-from-the-environment';
  const kept = path.join(ctx.env.BATCHDECK_DATA_DIR, 'password');
  writeFileSync(kept, 'from a file\n');
  await apply({
    users: [{ ...full.users[0], password: { file: kept } }],
    connections: [{ ...full.connections[0], apiKey: { env: 'PROVISION_TEST_KEY' } }],
  });
  expect(await listConnections(ctx)).toMatchObject([{ key: { last4: 'ment' } }]);
  expect(
    await signIn(ctx, { email: 'op@example.com', password: 'from a file', peer: '127.0.0.1' }),
  ).toBeTruthy();
});
