import type { RequestListener } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Context } from '#lib/context';
import { checkKinds, pausedForKey } from '#lib/model/connection';
import { createOutbound } from '#lib/outbound/create-outbound';
import { localServer, localTcp } from '#lib/outbound/outbound-kit';
import { testContext, testEnv } from '#lib/test-context';
import { checkConnection } from './check-connection.ts';
import { createConnection } from './create-connection.ts';
import { getConnection } from './get-connection.ts';
import { updateConnection } from './update-connection.ts';

const canary = 'sk-canary-4f9d2c7b1e8a6035';
const closing: (() => Promise<unknown>)[] = [];
let ctx: Context;
beforeEach(async () => {
  const env = testEnv({ BATCHDECK_ALLOW_PRIVATE: '127.0.0.1/32:*' });
  const outbound = createOutbound(env, { resolve: (_, done) => done(notFound, []) });
  ctx = await testContext({ env, outbound });
  closing.push(outbound.close);
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
const notFound = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });

async function connect(baseUrl: string, name = 'gw'): Promise<string> {
  const wish = { name, preset: 'inline-compatible', baseUrl, apiKey: canary };
  return (await createConnection(ctx, wish)).id;
}

async function serve(listener: RequestListener) {
  const server = await localServer(listener);
  closing.push(server.close);
  return server;
}

const answering =
  (status: number, body: string, headers = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(body);
const unknownBatch = answering(404, '{"error":{"message":"No such batch","type":"invalid_request_error"}}');

test('a provider that does not know a batch which cannot exist is ready, and was asked nothing else', async () => {
  const server = await serve(unknownBatch);
  const id = await connect(`${server.origin}/v1`);
  expect(await checkConnection(ctx, id)).toMatchObject({ kind: 'ready' });
  expect(server.requests).toEqual(['GET /v1/batches/batch_00000000-0000-0000-0000-000000000000']);
  expect(await getConnection(ctx, id)).toMatchObject({ checked: { kind: 'ready' } });
});

const answers: [string, RegExp, RequestListener][] = [
  [
    'key_refused',
    /refused the key \(401\).*\[key\]/,
    answering(401, `{"error":{"message":"Bad key ${canary}"}}`),
  ],
  ['key_refused', /must pay/, answering(402, '{"error":{"message":"Insufficient credit"}}')],
  ['not_batch_api', /web page/, answering(200, '<html>Welcome to intranet-7</html>')],
  ['not_batch_api', /no batch API/, answering(404, 'intranet-7')],
  ['not_batch_api', /redirect to another host/, answering(302, '', { location: 'https://intranet-7/' })],
  ['not_batch_api', /compressed/, answering(200, 'intranet-7', { 'content-encoding': 'br' })],
  ['unavailable', /just now \(503\)/, answering(503, '<h1>intranet-7</h1>')],
  ['unavailable', /broke off/, (request) => request.socket.destroy()],
];

test('whatever answers is told in its class, in our words, and with none of a stranger’s', async () => {
  const told = answers.map(async ([kind, words, listener], n) => {
    const server = await serve(listener);
    const check = await checkConnection(ctx, await connect(`${server.origin}/v1`, `gw ${n}`));
    expect(check).toMatchObject({ kind, message: expect.stringMatching(words) });
    expect(check.message.length).toBeLessThanOrEqual(2_048);
    expect(check.message).not.toMatch(/canary|intranet/);
  });
  await Promise.all(told);
});

test('closed, silent, insecure and unknown hosts differ in class and words, and in no other way', async () => {
  const closed = await serve(unknownBatch);
  await closed.close();
  const plain = await localTcp(
    (socket) => void socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.6\r\n')),
  );
  closing.push(plain.close);
  const bases = [
    `${closed.origin}/v1`,
    `https://127.0.0.1:${plain.port}/v1`,
    'https://gw.example.com/v1',
    `${plain.origin}/v1`,
  ];
  const told = bases.map(async (base, n) => {
    const id = await connect(base, `gw ${n}`);
    const began = performance.now();
    const check = await checkConnection(ctx, id);
    expect(performance.now() - began).toBeGreaterThan(990);
    expect(Object.keys(check).sort()).toEqual(['at', 'kind', 'message']);
    expect(checkKinds).toContain(check.kind);
    expect(check.message).not.toContain('SSH');
    return { kind: check.kind, words: check.message.split('. ')[0] };
  });
  expect(await Promise.all(told)).toEqual([
    { kind: 'unavailable', words: 'The host did not accept a connection' },
    { kind: 'insecure', words: expect.stringContaining('secure connection') },
    { kind: 'unavailable', words: 'The host name could not be resolved' },
    { kind: 'unavailable', words: expect.stringContaining('broke off') },
  ]);
});

test('it is told to the audit, and an eleventh within a minute is refused on every replica', async () => {
  const server = await serve(unknownBatch);
  const id = await connect(`${server.origin}/v1`);
  const ends = await Promise.allSettled(Array.from({ length: 14 }, () => checkConnection(ctx, id)));
  const refused = ends.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(4);
  for (const end of refused) expect(end).toMatchObject({ reason: { code: 'rate_limited' } });
  expect(server.requests).toHaveLength(10);
  const events = await ctx.db
    .selectFrom('events')
    .selectAll()
    .where('verb', '=', 'connection.checked')
    .execute();
  expect(events).toHaveLength(10);
  expect(JSON.parse(events[0]?.data ?? '')).toEqual({ name: 'gw', kind: 'ready' });
  ctx = { ...ctx, clock: () => Date.now() + 61_000 };
  expect(await checkConnection(ctx, id)).toMatchObject({ kind: 'ready' });
});

test('what was found of an old address or key is no longer shown, and never kept for the new one', async () => {
  let id = '';
  const server = await serve(async (_, response) => {
    await updateConnection(ctx, id, { apiKey: 'sk-another-0123456789' });
    response.writeHead(401).end();
  });
  id = await connect(`${server.origin}/v1`);
  expect(await checkConnection(ctx, id)).toMatchObject({ kind: 'key_refused' });
  expect(await getConnection(ctx, id)).toMatchObject({ checked: null });
  await ctx.db.updateTable('connections').set({ checked: '{"kind":"ready"}' }).execute();
  await updateConnection(ctx, id, { name: 'other' });
  expect(await getConnection(ctx, id)).toMatchObject({ checked: { kind: 'ready' } });
  await updateConnection(ctx, id, { baseUrl: `${server.origin}/proxy/v1` });
  expect(await getConnection(ctx, id)).toMatchObject({ checked: null });
});

test('a key that the provider takes again ends the pause for it, and no pause of a person', async () => {
  const server = await serve(unknownBatch);
  const id = await connect(`${server.origin}/v1`);
  const paused = (why: string) =>
    ctx.db.updateTable('connections').set({ paused_at: 1, paused_why: why }).execute();
  await paused(pausedForKey);
  await checkConnection(ctx, id);
  expect((await getConnection(ctx, id)).paused).toBeNull();
  await paused('by hand');
  await checkConnection(ctx, id);
  expect((await getConnection(ctx, id)).paused).toMatchObject({ why: 'by hand' });
});

test('a viewer checks nothing', async () => {
  const id = await connect('https://gw.example.com/v1');
  const viewer = { ...ctx, actor: { ...ctx.actor, role: 'viewer' } as Context['actor'] };
  await expect(checkConnection(viewer, id)).rejects.toMatchObject({ code: 'forbidden' });
});
