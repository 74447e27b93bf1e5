import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { hashToken } from '#lib/auth/secret-token';
import { openSession } from '#lib/auth/session';
import { type Context, thisProcess } from '#lib/context';
import { Refusal } from '#lib/errors';
import { createLog } from '#lib/log';
import { newId } from '#lib/model/id';
import { testContext } from '#lib/test-context';
import { answer, handle } from './handle.ts';

const lines: string[] = [];
const origin = 'http://127.0.0.1:3000';
let ctx: Context;
let cookie: string;

beforeAll(async () => {
  ctx = await testContext({ log: createLog('debug', (line) => lines.push(line)) });
  thisProcess().deps = ctx;
  if (ctx.actor.kind !== 'user') throw new Error('expected a user');
  cookie = `__Host-batchdeck=${await openSession(ctx.db, ctx, ctx.actor.userId)}`;
});
afterAll(() => {
  thisProcess().deps = null;
});

const none = { params: Promise.resolve({}) };
const ask = (init: RequestInit = {}, query = '') => new Request(`http://localhost:3000/x${query}`, init);
const codeOf = async (response: Response) => (await response.json()).error.code;

const write = handle({ body: z.strictObject({ name: z.string() }) }, async ({ body }) =>
  answer({ name: body.name }, { status: 201 }),
);
const post = (headers: Record<string, string>, body: BodyInit = '{"name":"a"}') =>
  write(
    ask({ method: 'POST', headers: { cookie, 'content-type': 'application/json', ...headers }, body }),
    none,
  );

test('a member gets JSON that nobody caches', async () => {
  const read = handle({}, async ({ ctx }) => ({ kind: ctx.actor.kind }));
  const response = await read(ask({ headers: { cookie } }), none);
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.json()).toEqual({ kind: 'user' });
});

test('without a session the verb never runs', async () => {
  let ran = false;
  const read = handle({}, async () => {
    ran = true;
  });
  const nobody: Record<string, string>[] = [
    {},
    { cookie: '__Host-batchdeck=nonsense' },
    { authorization: 'Bearer %E0%A4%A' },
  ];
  for (const headers of nobody) {
    const response = await read(ask({ headers }), none);
    expect([response.status, await codeOf(response)]).toEqual([401, 'unauthenticated']);
  }
  expect(ran).toBe(false);
});

test('a fitting body from our own page is taken, under each loopback name', async () => {
  for (const name of ['localhost', '127.0.0.1', '[::1]']) {
    const response = await post({ origin: `http://${name}:3000` });
    expect(response.status).toBe(201);
  }
});

test('a cookie request from anywhere else is refused', async () => {
  const elsewhere: Record<string, string>[] = [
    {},
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: 'http://localhost:3001' },
    { origin: 'https://localhost:3000' },
    { origin: 'http://localhost:3000.evil.example' },
    { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', host: 'evil.example' },
    { authorization: 'Bearer bd_0123456789abcdef' },
  ];
  for (const headers of elsewhere) expect((await post(headers)).status).toBe(403);
});

test('a token without a cookie needs no origin', async () => {
  const token = `bd_${newId('tok')}`;
  const userId = ctx.actor.kind === 'user' ? ctx.actor.userId : '';
  const row = {
    id: token,
    workspace: ctx.workspace,
    name: token,
    token_hash: hashToken(token),
    user_id: userId,
  };
  await ctx.db
    .insertInto('tokens')
    .values({ ...row, connection_id: null, set_by_file: 0, created_at: 0, used_at: null })
    .execute();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  expect((await write(ask({ method: 'POST', headers, body: '{"name":"a"}' }), none)).status).toBe(201);
});

test('only application/json is read as JSON', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    expect((await post({ origin, 'content-type': type })).status).toBe(415);
  }
  expect((await post({ origin, 'content-type': 'application/json; charset=utf-8' })).status).toBe(201);
});

test('a body that does not fit says where', async () => {
  const response = await post({ origin }, '{"name":7,"extra":1}');
  expect(response.status).toBe(400);
  const { error } = await response.json();
  expect(error.code).toBe('invalid');
  expect(error.details[0]).toMatchObject({ path: 'name' });
});

test('broken JSON is 400 and a large body is 413, announced or not', async () => {
  expect((await post({ origin }, '{"name":')).status).toBe(400);
  expect((await post({ origin }, new Uint8Array([0x22, 0xff, 0x22]))).status).toBe(400);
  const large = 'x'.repeat(1024 ** 2 + 1);
  expect((await post({ origin }, large)).status).toBe(413);
  expect((await post({ origin, 'content-length': String(large.length) }, '{}')).status).toBe(413);
});

test('an open door that changes something asks for the origin too', async () => {
  const open = handle({ who: 'anyone' }, async () => ({ ok: true }));
  expect((await open(ask({ method: 'POST' }), none)).status).toBe(403);
  expect((await open(ask({ method: 'POST', headers: { origin } }), none)).status).toBe(200);
  expect((await open(ask(), none)).status).toBe(200);
});

test('params that cannot exist are not found; a doubled query parameter is invalid', async () => {
  const read = handle(
    { params: z.object({ id: z.string().max(3) }), query: z.object({ q: z.string().optional() }) },
    async ({ params, query }) => [params.id, query.q],
  );
  const call = (id: string, query: string) =>
    read(ask({ headers: { cookie } }, query), { params: Promise.resolve({ id }) });
  expect(await (await call('abc', '?q=1')).json()).toEqual(['abc', '1']);
  expect((await call('abcd', '')).status).toBe(404);
  expect((await call('abc', '?q=1&q=2')).status).toBe(400);
});

test('a refusal keeps its status, and says how long to wait', async () => {
  const slow = handle({ who: 'anyone' }, async () => {
    throw new Refusal('rate_limited', 'Wait.', { retryAfterSeconds: 7 });
  });
  const response = await slow(ask(), none);
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
});

test('a surprise is logged under an id and shows no stack', async () => {
  const broken = handle({ who: 'anyone' }, async () => {
    throw new Error('the wires are crossed at secret.ts:7');
  });
  const response = await broken(ask(), none);
  const text = await response.text();
  expect(response.status).toBe(500);
  expect(text).not.toContain('wires');
  const { requestId } = JSON.parse(text).error.details;
  expect(lines.some((line) => line.includes(requestId) && line.includes('the wires are crossed'))).toBe(true);
});

test('a response passes through, and a full disk has words', async () => {
  const passes = handle(
    { who: 'anyone' },
    async () => new Response('x', { headers: { 'cache-control': 'private' } }),
  );
  expect((await passes(ask(), none)).headers.get('cache-control')).toBe('private');
  const full = handle({ who: 'anyone' }, async () => {
    throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  });
  expect(await codeOf(await full(ask(), none))).toBe('storage_full');
});
