import { beforeEach, expect, test } from 'vitest';
import { openFsBlobs } from '#lib/blobs/fs';
import type { Context } from '#lib/context';
import { createLog } from '#lib/log';
import { connectionChangeSchema, newConnectionSchema } from '#lib/model/connection.schema';
import type { OutboundRequest } from '#lib/outbound/outbound';
import { testContext, testEnv } from '#lib/test-context';
import { createConnection } from './create-connection.ts';
import { deleteConnection } from './delete-connection.ts';
import { listConnections } from './list-connections.ts';
import { reachConnection } from './reach-connection.ts';
import { updateConnection } from './update-connection.ts';

const canary = 'sk-canary-4f9d2c7b1e8a6035';
const wish = {
  name: 'gw',
  preset: 'inline-compatible',
  baseUrl: 'https://gw.example.com/v1',
  apiKey: canary,
};

let ctx: Context;
let left: OutboundRequest[];
let logged: string[];
beforeEach(async () => {
  left = [];
  logged = [];
  const outbound = {
    request: async (request: OutboundRequest) => {
      left.push(request);
      return Response.json({ error: { message: `Incorrect API key provided: ${canary}` } }, { status: 401 });
    },
    close: async () => {},
  };
  const env = testEnv();
  ctx = await testContext({
    env,
    outbound,
    blobs: openFsBlobs(`${env.BATCHDECK_DATA_DIR}/blobs`),
    log: createLog('debug', (line) => logged.push(line)),
  });
});

test('a key is found in the outbound header of its own host and nowhere else', async () => {
  const made = await createConnection(ctx, wish);
  const { provider, fetch } = await reachConnection(ctx, made.id);
  const answer = await provider.poll(fetch, 'batch_1');
  ctx.log.error('something failed', { authorization: `Bearer ${canary}`, error: new Error(canary) });
  const tables = ['connections', 'events', 'settings'] as const;
  const stored = await Promise.all(tables.map((table) => ctx.db.selectFrom(table).selectAll().execute()));
  const told = JSON.stringify([made, await listConnections(ctx), stored, logged, answer]);
  const disguises = [
    canary,
    Buffer.from(canary).toString('base64').replace(/=+$/, ''),
    Buffer.from(canary).toString('hex'),
    encodeURIComponent(canary),
  ];
  for (const disguise of disguises) expect(told).not.toContain(disguise);
  expect(left).toMatchObject([
    { url: 'https://gw.example.com/v1/batches/batch_1', headers: { authorization: `Bearer ${canary}` } },
  ]);
});

test.each([
  ['scheme', { baseUrl: 'http://gw.example.com/v1' }],
  ['host', { baseUrl: 'https://evil.example/v1' }],
  ['port', { baseUrl: 'https://gw.example.com:8443/v1' }],
  ['header name', { keyHeader: 'x-other' }],
])('changing the %s asks for the key again and sends nothing', async (_what, change) => {
  const made = await createConnection(ctx, wish);
  await expect(updateConnection(ctx, made.id, change)).rejects.toMatchObject({ code: 'invalid' });
  expect(await listConnections(ctx)).toMatchObject([{ baseUrl: wish.baseUrl, keyHeader: 'authorization' }]);
  expect(left).toEqual([]);
});

test('a path may change without the key, which stays bound to its origin', async () => {
  const made = await createConnection(ctx, wish);
  await updateConnection(ctx, made.id, { baseUrl: 'https://gw.example.com/proxy/v1/' });
  const { fetch } = await reachConnection(ctx, made.id);
  await fetch('/batches', { method: 'GET' });
  expect(left).toMatchObject([{ url: 'https://gw.example.com/proxy/v1/batches' }]);
});

test('a row moved by hand to another host opens no key', async () => {
  const made = await createConnection(ctx, wish);
  await ctx.db.updateTable('connections').set({ base_url: 'https://evil.example/v1' }).execute();
  const { fetch } = await reachConnection(ctx, made.id);
  await expect(async () => fetch('/batches', { method: 'GET' })).rejects.toThrow();
  expect(left).toEqual([]);
});

test.each([
  '{"api_base":"https://evil.example"}',
  '{"base_url":"https://evil.example"}',
  '{"extra":{"baseURL":"https://evil.example"}}',
  '{"__proto__":{"baseUrl":"https://evil.example/v1"}}',
])('a smuggled address is refused: %s', (text) => {
  const direct = JSON.parse(text) as object;
  expect(connectionChangeSchema.safeParse(direct).success).toBe(false);
  expect(newConnectionSchema.safeParse({ ...wish, ...direct }).success).toBe(false);
});

test.each([
  'ftp://gw.example.com/v1',
  'http://gw.example.com/v1',
  'https://user:pass@gw.example.com/v1',
  'https://gw.example.com/v1?key=1',
  'not a url',
])('the address %s is refused with words', async (baseUrl) => {
  await expect(createConnection(ctx, { ...wish, baseUrl })).rejects.toMatchObject({
    code: 'invalid',
    details: { field: 'baseUrl' },
  });
});

test('only an admin may make, change or delete', async () => {
  const made = await createConnection(ctx, wish);
  const operator = { ...ctx, actor: { ...ctx.actor, role: 'operator' } as Context['actor'] };
  await expect(createConnection(operator, { ...wish, name: 'x' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(updateConnection(operator, made.id, { name: 'x' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(deleteConnection(operator, made.id)).rejects.toMatchObject({ code: 'forbidden' });
  expect(await listConnections(operator)).toHaveLength(1);
});

test('a name stands for one connection, and a deleted one leaves no key behind', async () => {
  const made = await createConnection(ctx, wish);
  await expect(createConnection(ctx, wish)).rejects.toMatchObject({ code: 'conflict' });
  await deleteConnection(ctx, made.id);
  expect(await ctx.db.selectFrom('connections').select('key_sealed').execute()).toEqual([
    { key_sealed: null },
  ]);
  await createConnection(ctx, wish);
});

test('secret headers are sealed and masked, and ride along in the call', async () => {
  const made = await createConnection(ctx, { ...wish, headers: { 'x-org': 'org-secret-123456' } });
  expect(made.headers).toEqual({ 'x-org': '••••3456' });
  const { fetch } = await reachConnection(ctx, made.id);
  await fetch('/batches', { method: 'GET' });
  expect(left[0]?.headers).toMatchObject({ 'x-org': 'org-secret-123456' });
});
