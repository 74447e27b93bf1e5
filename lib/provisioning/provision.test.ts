import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { tokenActor } from '#lib/auth/token';
import { ensureSandboxConnection } from '#lib/connections/ensure-sandbox';
import { listConnections } from '#lib/connections/list-connections';
import { updateConnection } from '#lib/connections/update-connection';
import type { Context } from '#lib/context';
import { signIn } from '#lib/members/sign-in';
import { openKeyring } from '#lib/secrets/open-keyring';
import { replicaOf, testContext, testEnv } from '#lib/test-context';
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
      setByFile: expect.arrayContaining(['name', 'preset', 'baseUrl', 'apiKey']),
    },
  ]);
  const actor = await tokenActor(ctx.db, token, Date.now());
  expect(actor).toMatchObject({
    kind: 'token',
    role: 'operator',
    connectionId: expect.stringMatching(/^con_/),
  });
});

test('replicas that start at once with one file make each thing once', async () => {
  writeFileSync(file, JSON.stringify(full));
  const replicas = await Promise.all(Array.from({ length: 5 }, () => replicaOf(ctx)));
  await Promise.all(replicas.map((replica) => provision(system(replica), file)));
  const told = await ctx.db.selectFrom('events').select('verb').execute();
  expect(told.map(({ verb }) => verb).sort()).toEqual([
    'connection.created',
    'member.provisioned',
    'token.provisioned',
  ]);
});

test('replicas that start at once make one connection to the sandbox', async () => {
  const replicas = await Promise.all(Array.from({ length: 5 }, () => replicaOf(ctx)));
  await Promise.all(replicas.map((replica) => ensureSandboxConnection(system(replica))));
  expect(await listConnections(ctx)).toHaveLength(1);
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

test('a mistake at the end of the file leaves everything as it was', async () => {
  const before = await everything();
  await expect(apply({ ...full, tokens: [{ ...full.tokens[0], value: 'bd_short' }] })).rejects.toThrow(
    'tokens.0',
  );
  await expect(apply({ ...full, tokens: [{ ...full.tokens[0], user: 'no@example.com' }] })).rejects.toThrow(
    'tokens.0.user',
  );
  expect(await everything()).toBe(before);
});

test('a name that stands twice in the file stops the start', async () => {
  await expect(apply({ ...full, connections: [full.connections[0], full.connections[0]] })).rejects.toThrow(
    'each name may stand here once',
  );
});

test('a token value that another token has stops the start in words', async () => {
  await apply(full);
  const failure = apply({ tokens: [{ ...full.tokens[0], name: 'second', connection: undefined }] });
  await expect(failure).rejects.toThrow(/^BATCHDECK_PROVISION: .*tokens\.0: Another token/);
});

test('a file that is not JSON is not repeated in the complaint', async () => {
  writeFileSync(file, '{"users":[{"password":"sk-canary-in-broken-json" oops');
  const failure = await provision(system(ctx), file).catch((error: Error) => error);
  expect(String(failure)).toContain('is not JSON');
  expect(String(failure)).not.toContain('canary');
});

test('nothing the file holds in secret stands in the store, not even as a plain hash', async () => {
  await apply(full);
  const stored = await everything();
  for (const secret of ['sk-canary-0123456789', 'correct horse', token]) {
    for (const form of ['hex', 'base64'] as const) {
      expect(stored).not.toContain(secret);
      expect(stored).not.toContain(Buffer.from(secret).toString(form));
    }
  }
  const [row] = await ctx.db.selectFrom('connections').select(['file_mark', 'key_fingerprint']).execute();
  const plainHash = createHash('sha256').update('sk-canary-0123456789').digest('hex');
  expect(plainHash.startsWith(row?.key_fingerprint ?? '')).toBe(false);
  expect(row?.file_mark).toMatch(/^k1\./);
});

test('a changed key is sealed anew and a changed address comes with its key', async () => {
  await apply(full);
  const sealed = () => ctx.db.selectFrom('connections').select('key_sealed').executeTakeFirstOrThrow();
  const before = await sealed();
  await apply({ connections: [{ ...full.connections[0], apiKey: 'sk-another-0123456789' }] });
  expect(await sealed()).not.toEqual(before);
  await apply({
    connections: [
      { ...full.connections[0], baseUrl: 'https://gw2.example.com/v1', apiKey: 'sk-x-0123456789' },
    ],
  });
  expect(await listConnections(ctx)).toMatchObject([{ baseUrl: 'https://gw2.example.com/v1' }]);
});

test('the file says all headers there are, and in which dialect a connection speaks', async () => {
  const [gw] = full.connections;
  const sandbox = {
    name: 'bad',
    preset: 'sandbox',
    dialect: 'openai',
    headers: { 'x-sandbox-faults': 'busy' },
  };
  await apply({ connections: [{ ...gw, headers: { 'x-a': 'a-secret-123456', 'x-b': 'b' } }, sandbox] });
  await apply({ connections: [{ ...gw, headers: { 'x-b': 'c' } }, sandbox] });
  expect(await listConnections(ctx)).toMatchObject([
    { name: 'bad', dialect: 'openai', headers: { 'x-sandbox-faults': 'busy' } },
    { name: 'gw', headers: { 'x-b': '••••' } },
  ]);
  expect(Object.keys((await listConnections(ctx))[1]?.headers ?? {})).toEqual(['x-b']);
  const other = apply({ connections: [{ ...sandbox, dialect: 'anthropic' }] });
  await expect(other).rejects.toThrow(/connections.0: .*speaks the openai dialect; that cannot be changed/);
});

test('limits, discount and window are the file’s to set', async () => {
  const limits = { requests: 10, bytes: 1_000_000, customIdPattern: '^[a-z]+$' };
  const fields = { limits, discount: 0.2, completionWindow: '48h', keyHeader: 'x-api-key' };
  await apply({ connections: [{ ...full.connections[0], ...fields }] });
  expect(await listConnections(ctx)).toMatchObject([
    { ...fields, setByFile: expect.arrayContaining(Object.keys(fields)) },
  ]);
});

test('the name the file matches by cannot be changed on screen', async () => {
  await apply(full);
  const [gw] = await listConnections(ctx);
  await expect(updateConnection(ctx, gw?.id ?? '', { name: 'other' })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('while connections are locked the start goes on and changes none of them', async () => {
  await apply(full);
  const before = await everything();
  const keyring = await openKeyring({
    env: { ...testEnv(), BATCHDECK_KEYS: undefined },
    db: ctx.db,
    log: ctx.log,
  });
  expect(keyring.locked).toContain('k1');
  ctx = { ...ctx, keyring };
  await apply({ ...full, connections: [{ ...full.connections[0], apiKey: 'sk-another-0123456789' }] });
  expect(await everything()).toBe(before);
});
