import { randomBytes } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { Context } from '#lib/context';
import { newConnectionSchema } from '#lib/model/connection.schema';
import type { OutboundRequest } from '#lib/outbound/outbound';
import { testContext, testEnv } from '#lib/test-context';
import { createConnection } from './create-connection.ts';
import { deleteConnection } from './delete-connection.ts';
import { ensureSandboxConnection } from './ensure-sandbox.ts';
import { findConnection } from './find-connection.ts';
import { listConnections } from './list-connections.ts';
import { reachConnection } from './reach-connection.ts';
import { updateConnection } from './update-connection.ts';

const wish = {
  name: 'gw',
  preset: 'inline-compatible',
  baseUrl: 'https://gw.example.com/v1',
  apiKey: 'sk-canary-4f9d2c7b1e8a6035',
};

let ctx: Context;
let left: OutboundRequest[];
beforeEach(async () => {
  left = [];
  const outbound = {
    request: async (request: OutboundRequest) => {
      left.push(request);
      return new Response('{}');
    },
    close: async () => {},
  };
  ctx = await testContext({ outbound, env: testEnv({ BATCHDECK_ALLOW_PRIVATE: '10.1.2.0/24:8080' }) });
});

test.each([
  ['https://127.0.0.1/v1', /private/],
  ['https://2130706433/v1', /private/],
  ['https://[::ffff:169.254.169.254]/v1', /metadata/],
  ['https://169.254.169.254/v1', /metadata/],
  ['https://metadata.google.internal/v1', /metadata/],
  ['https://gw.example.com./v1', /dot/],
  ['http://10.1.2.3:9090/v1', /private/],
  ['http://gw.example.com/v1', /https/],
  ['https://gw.example.com', /\/v1/],
  ['https://gw.example.com/v1?', /\?/],
  ['https:gw.example.com/v1', /look like/],
  ['javascript:alert(1)', /look like/],
])('%s is refused before it is stored', async (baseUrl, words) => {
  const made = createConnection(ctx, { ...wish, baseUrl });
  await expect(made).rejects.toMatchObject({ code: 'invalid', details: { field: 'baseUrl' } });
  await expect(made).rejects.toThrow(words);
  expect(await listConnections(ctx)).toEqual([]);
});

test('an allowed private gateway may be called over http', async () => {
  const made = await createConnection(ctx, { ...wish, baseUrl: 'http://10.1.2.3:8080/v1/' });
  expect(made.baseUrl).toBe('http://10.1.2.3:8080/v1');
});

test.each(['host', 'Connection', 'transfer-encoding', 'upgrade', 'te', 'a b', 'x:y'])(
  'neither key nor secret travels in the header %s',
  (name) => {
    expect(newConnectionSchema.safeParse({ ...wish, keyHeader: name }).success).toBe(false);
    expect(newConnectionSchema.safeParse({ ...wish, headers: { [name]: 'x' } }).success).toBe(false);
  },
);

test('a name cannot pose as the id of another connection', () => {
  expect(newConnectionSchema.safeParse({ ...wish, name: 'con_0190' }).success).toBe(false);
});

test('a short key shows nothing of itself', async () => {
  const made = await createConnection(ctx, { ...wish, apiKey: 'sk-12345678' });
  expect(made.key?.last4).toBe('');
});

test('the fingerprint tells equal keys apart from others, and only within this install', async () => {
  const [a, b, c] = [
    await createConnection(ctx, { ...wish, name: 'a' }),
    await createConnection(ctx, { ...wish, name: 'b' }),
    await createConnection(ctx, { ...wish, name: 'c', apiKey: 'sk-canary-other-00000000' }),
  ];
  expect(a.key?.fingerprint).toMatch(/^[0-9a-f]{12}$/);
  expect(a.key?.fingerprint).toBe(b.key?.fingerprint);
  expect(a.key?.fingerprint).not.toBe(c.key?.fingerprint);
  const otherKey = testEnv({ BATCHDECK_KEYS: `k1:${randomBytes(32).toString('base64')}` });
  const elsewhere = await createConnection(await testContext({ env: otherKey }), wish);
  expect(elsewhere.key?.fingerprint).not.toBe(a.key?.fingerprint);
});

test('the built-in sandbox takes neither key nor headers', async () => {
  await ensureSandboxConnection(ctx);
  const [sandbox] = await listConnections(ctx);
  const id = sandbox?.id ?? '';
  for (const change of [{ apiKey: 'sk-12345678' }, { headers: { 'x-a': 'b' } }]) {
    const made = createConnection(ctx, { name: 'second', preset: 'sandbox', ...change });
    await expect(made).rejects.toMatchObject({ code: 'invalid' });
    await expect(updateConnection(ctx, id, change)).rejects.toMatchObject({ code: 'invalid' });
  }
});

test('a sandbox elsewhere has its own address and key, and gives the key up when it comes home', async () => {
  const made = await createConnection(ctx, { ...wish, preset: 'sandbox' });
  expect(made.key?.last4).toBe('6035');
  expect(await updateConnection(ctx, made.id, { baseUrl: '' })).toMatchObject({ baseUrl: '', key: null });
});

test('of two changes at once none is built on what the other replaced', async () => {
  const made = await createConnection(ctx, wish);
  const ends = await Promise.allSettled([
    updateConnection(ctx, made.id, {
      baseUrl: 'https://other.example.com/v1',
      apiKey: 'sk-other-0000000000',
    }),
    updateConnection(ctx, made.id, { keyHeader: 'x-api-key', apiKey: 'sk-third-0000000000' }),
    updateConnection(ctx, made.id, { name: 'renamed' }),
  ]);
  expect(ends.map(({ status }) => status)).toContain('fulfilled');
  for (const end of ends)
    if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'conflict' });
  const { fetch } = await reachConnection(ctx, made.id);
  await fetch('/batches', { method: 'GET' });
  expect(left).toHaveLength(1);
});

test('the address may change with the key, and the key then goes there alone', async () => {
  const made = await createConnection(ctx, wish);
  const change = { baseUrl: 'https://other.example.com/v1', apiKey: 'sk-other-0000000000' };
  await updateConnection(ctx, made.id, change);
  const { fetch } = await reachConnection(ctx, made.id);
  await fetch('/batches', { method: 'GET' });
  expect(left).toMatchObject([
    { origin: 'https://other.example.com', headers: { authorization: 'Bearer sk-other-0000000000' } },
  ]);
});

test('secret headers of an old address are asked for again', async () => {
  const { apiKey: _, ...keyless } = wish;
  const made = await createConnection(ctx, {
    ...keyless,
    apiKey: wish.apiKey,
    headers: { 'x-org': 'org-0000000' },
  });
  const moved = { baseUrl: 'https://other.example.com/v1', apiKey: wish.apiKey };
  await expect(updateConnection(ctx, made.id, moved)).rejects.toMatchObject({
    details: { field: 'headers' },
  });
  await updateConnection(ctx, made.id, { ...moved, headers: { 'x-org': 'org-1111111' } });
});

test('an address named by a provider is fetched without key and headers', async () => {
  const made = await createConnection(ctx, { ...wish, headers: { 'x-org': 'org-0000000' } });
  const { fetch } = await reachConnection(ctx, made.id);
  await fetch('https://files.example.com/x.jsonl?sig=1', { method: 'GET', bare: true });
  expect(left).toMatchObject([{ origin: 'https://files.example.com', headers: {} }]);
  expect(left[0]?.headers).toEqual({});
});

test('a token bound to a connection reaches that one and makes no other', async () => {
  const mine = await createConnection(ctx, wish);
  const other = await createConnection(ctx, { ...wish, name: 'other' });
  const bound = {
    tokenId: 'tok_1',
    connectionId: mine.id,
    userId: 'usr_1',
    name: 'ci',
    role: 'admin',
  } as const;
  const narrow: Context = { ...ctx, actor: { kind: 'token', ...bound } };
  expect(await listConnections(narrow)).toMatchObject([{ name: 'gw' }]);
  expect(await findConnection(narrow, 'gw')).toMatchObject({ id: mine.id });
  for (const name of ['other', other.id, 'con_unknown']) {
    await expect(findConnection(narrow, name)).rejects.toMatchObject({ code: 'not_found' });
    await expect(updateConnection(narrow, name, { name: 'x' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(deleteConnection(narrow, name)).rejects.toMatchObject({ code: 'not_found' });
  }
  await expect(createConnection(narrow, { ...wish, name: 'third' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  expect(await listConnections(ctx)).toHaveLength(2);
});

test('a fresh install has one connection named Sandbox, ready without a key, and a deleted one stays away', async () => {
  const here = { ...ctx, sandbox: { fetch: async () => new Response('{}') } };
  await ensureSandboxConnection(here);
  await ensureSandboxConnection(here);
  const [sandbox, ...more] = await listConnections(here);
  expect(sandbox).toMatchObject({ name: 'Sandbox', preset: 'sandbox', key: null, locked: null });
  expect(more).toEqual([]);
  await deleteConnection(here, sandbox?.id ?? '');
  await ensureSandboxConnection(here);
  expect(await listConnections(here)).toEqual([]);
});

test('a connection that somebody named Sandbox before does not stop the start', async () => {
  await createConnection(ctx, { ...wish, name: 'Sandbox' });
  await ensureSandboxConnection(ctx);
  expect(await listConnections(ctx)).toMatchObject([{ preset: 'inline-compatible' }]);
});
