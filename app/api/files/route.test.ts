import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession } from '#lib/auth/session';
import { type Context, thisProcess } from '#lib/context';
import { testContext } from '#lib/test-context';
import { GET as content } from './[fileId]/content/route.ts';
import { GET as findings } from './[fileId]/findings/route.ts';
import { POST as mend } from './[fileId]/repairs/route.ts';
import { DELETE as erase, GET as one } from './[fileId]/route.ts';
import { GET as list, POST as upload } from './route.ts';

const origin = 'http://127.0.0.1:3000';
let ctx: Context;
let cookie: string;

beforeAll(async () => {
  ctx = await testContext();
  thisProcess().deps = ctx;
  if (ctx.actor.kind !== 'user') throw new Error('expected a user');
  cookie = `__Host-batchdeck=${await openSession(ctx.db, ctx, ctx.actor.userId)}`;
});
afterAll(() => {
  thisProcess().deps = null;
});

const good = '{"custom_id":"a","params":{"model":"m"}}\nnonsense\n';
const at = (fileId: string) => ({ params: Promise.resolve({ fileId }) });
const ask = (path: string) => new Request(`${origin}${path}`, { headers: { cookie } });

function send(body: BodyInit | null, headers: Record<string, string> = {}, name = 'a.jsonl') {
  const path = `${origin}/api/files?name=${encodeURIComponent(name)}`;
  const init = { method: 'POST', headers: { cookie, origin, ...headers }, body };
  return upload(new Request(path, init), { params: Promise.resolve({}) });
}

test('a file goes in and comes out byte for byte under its own name', async () => {
  const sha256 = createHash('sha256').update(good).digest('hex');
  const response = await send(good, { 'x-content-sha256': sha256 }, '日本"\r\n.html');
  expect(response.status).toBe(201);
  const file = await response.json();
  expect(file).toMatchObject({ bytes: good.length, sha256, requests: 1, usable: false });
  expect(await (await one(ask('/'), at(file.id))).json()).toMatchObject(file);

  const answer = await content(ask('/'), at(file.id));
  expect(await answer.text()).toBe(good);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/x-ndjson',
    'content-disposition': `attachment; filename="___.html"; filename*=UTF-8''%E6%97%A5%E6%9C%AC%22.html`,
    'cache-control': 'private, no-store, no-transform',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-sha256': sha256,
  });
  const found = await (await findings(ask('/?limit=5000'), at(file.id))).json();
  expect(found.items).toMatchObject([{ line: 2, column: 1, code: 'invalid_json' }]);
});

test('an upload that is sent again under its key is the file there is, and other bytes are a conflict', async () => {
  const key = { 'idempotency-key': 'upload-1' };
  const blobs = async () => (await Array.fromAsync(ctx.blobs.list('files/'))).length;
  const [first, again] = await Promise.all([send(good, key), send(good, key)]);
  const file = await first.json();
  expect(await again.json()).toEqual(file);
  const kept = await blobs();
  expect(await (await send(good, key)).json()).toEqual(file);
  expect((await send(`${good}\n`, key)).status).toBe(409);
  expect(await blobs()).toBe(kept);
  const edits = { repairs: [{ kind: 'newlines' }] };
  const headers = { cookie, origin, 'content-type': 'application/json', 'idempotency-key': 'mend-1' };
  const mended = () =>
    mend(new Request(origin, { method: 'POST', headers, body: JSON.stringify(edits) }), at(file.id));
  expect(await (await mended()).json()).toEqual(await (await mended()).json());
});

test('a download that broke off goes on where it stood', async () => {
  const { id, sha256 } = await (await send(good)).json();
  const span = (headers: Record<string, string>) =>
    content(new Request(`${origin}/`, { headers: { cookie, ...headers } }), at(id));
  const rest = await span({ range: 'bytes=41-', 'if-range': `"${sha256}"` });
  expect([rest.status, rest.headers.get('content-range'), await rest.text()]).toEqual([
    206,
    `bytes 41-49/${good.length}`,
    'nonsense\n',
  ]);
  const other = await span({ range: 'bytes=41-', 'if-range': '"another"' });
  expect([other.status, await other.text()]).toEqual([200, good]);
});

test('a file is mended into another, and deleted', async () => {
  const { id } = await (await send(good)).json();
  const order = (body: object) =>
    mend(
      new Request(`${origin}/`, {
        method: 'POST',
        headers: { cookie, origin, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
      at(id),
    );
  const repairs = [{ kind: 'drop_bad_lines' }];
  expect(await (await order({ repairs, preview: true })).json()).toMatchObject({ changed: 0, dropped: 1 });
  const made = await order({ repairs });
  expect(made.status).toBe(201);
  expect(await made.json()).toMatchObject({ derivedFrom: id, recipe: { repairs }, usable: true });
  const remove = () =>
    erase(new Request(`${origin}/`, { method: 'DELETE', headers: { cookie, origin } }), at(id));
  expect((await remove()).status).toBe(204);
  expect((await remove()).status).toBe(404);
});

test('no content type and no name is refused', async () => {
  for (const type of ['application/json', 'multipart/form-data; boundary=x', 'text/html', '']) {
    const headers: Record<string, string> = type ? { 'content-type': type } : {};
    expect((await send(good, headers, '../../etc/passwd')).status).toBe(201);
  }
});

test.each<[string, BodyInit | null, Record<string, string>, number, string]>([
  ['a content encoding', gzipSync(good), { 'content-encoding': 'gzip' }, 415, 'unsupported'],
  ['any content encoding', good, { 'content-encoding': 'identity' }, 415, 'unsupported'],
  ['gzip bytes', gzipSync(good), {}, 415, 'unsupported'],
  ['no bytes', null, {}, 400, 'invalid'],
  ['another length', good, { 'content-length': '7' }, 400, 'invalid'],
  ['another hash', good, { 'x-content-sha256': '0'.repeat(64) }, 400, 'invalid'],
  ['a length above the limit', good, { 'content-length': '99999999999' }, 413, 'too_large'],
  ['another origin', good, { origin: 'http://evil.example' }, 403, 'forbidden'],
  ['no session', good, { cookie: '', authorization: 'Bearer none' }, 401, 'unauthenticated'],
])('%s is refused and no row is written', async (_, body, headers, status, code) => {
  const before = (await (await list(ask('/api/files'), at(''))).json()).items.length;
  const response = await send(body, headers);
  expect([response.status, (await response.json()).error.code]).toEqual([status, code]);
  expect((await (await list(ask('/api/files'), at(''))).json()).items).toHaveLength(before);
});
