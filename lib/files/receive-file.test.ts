import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, expect, test } from 'vitest';
import type { Context } from '#lib/context';
import { testContext, testEnv } from '#lib/test-context';
import { getFile } from './get-file.ts';
import { listFiles } from './list-files.ts';
import { listFindings } from './list-findings.ts';
import { openFile } from './open-file.ts';
import { readContent } from './read-content.ts';
import { readRequestLines } from './read-lines.ts';
import { receiveFile, type Upload } from './receive-file.ts';

let ctx: Context;
beforeEach(async () => {
  ctx = await testContext();
});

const good = '{"custom_id":"a","params":{"model":"m"}}\n';
const hashOf = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function* inPieces(bytes: Uint8Array, size = 7) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function send(content: string | Uint8Array, announced: Partial<Upload> = {}, at: Context = ctx) {
  const bytes = Buffer.from(content);
  const body = inPieces(bytes, bytes.length > 1_000_000 ? 65_536 : 7);
  return receiveFile(at, { name: 'a.jsonl', body, contentLength: null, sha256: null, ...announced });
}

async function expectNothingKept() {
  expect(await ctx.db.selectFrom('files').selectAll().execute()).toEqual([]);
  expect(await ctx.db.selectFrom('findings').selectAll().execute()).toEqual([]);
  expect(await ctx.db.selectFrom('events').selectAll().execute()).toEqual([]);
  const arriving = path.join(ctx.env.BATCHDECK_DATA_DIR, 'blobs', 'arriving');
  expect(existsSync(arriving) ? readdirSync(arriving) : []).toEqual([]);
  expect(await Array.fromAsync(ctx.blobs.list('files/'))).toEqual([]);
}

async function contentOf(id: string): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync((await readContent(ctx, id)).read()));
}

test('a good file is answered, listed, found and given back byte for byte', async () => {
  const file = await send(good, { contentLength: good.length, sha256: hashOf(good).toUpperCase() });
  expect(file).toMatchObject({
    name: 'a.jsonl',
    bytes: good.length,
    sha256: hashOf(good),
    requests: 1,
    dialect: 'params',
    models: ['m'],
    endpoints: [],
    findings: { errors: 0, warnings: 0 },
    usable: true,
  });
  expect(await getFile(ctx, file.id)).toEqual(file);
  expect(await listFiles(ctx, { limit: 50 })).toMatchObject({ items: [file], nextCursor: null });
  expect((await contentOf(file.id)).toString()).toBe(good);
  const [event] = await ctx.db.selectFrom('events').selectAll().execute();
  expect(event).toMatchObject({ subject: file.id, verb: 'file.received' });
});

test.each<[string, Uint8Array]>([
  ['prose', Buffer.from('Dear all,\nthis is a letter.')],
  ['a byte order mark, CRLF and blank lines', Buffer.from(`\ufeff${good}\r\n\n${good}`)],
  ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x0a])],
  ['a NUL byte', Buffer.from(`{"custom_id":"a\0"}\n`)],
  ['U+2028 inside text', Buffer.from('{"custom_id":"a\u2028b","params":{"model":"m"}}')],
  [
    'numbers that would not survive a rewrite',
    Buffer.from(good.replace('"m"', '"m","n":[1.0,9007199254740993,1e400]')),
  ],
  ['only blank lines', Buffer.from('\n\n')],
])('%s is stored exactly and judged', async (_, bytes) => {
  const file = await send(bytes);
  expect(file).toMatchObject({ bytes: bytes.length, sha256: hashOf(bytes) });
  expect((await contentOf(file.id)).equals(bytes)).toBe(true);
  expect(file.usable).toBe(file.findings.errors === 0);
});

test.each<[string, string | Uint8Array, Partial<Upload>, number, string]>([
  ['too few bytes', good, { contentLength: good.length + 1 }, 400, 'were announced and 41 came'],
  ['too many bytes', good, { contentLength: good.length - 1 }, 400, 'more came'],
  ['another hash', good, { sha256: hashOf('other') }, 400, 'another SHA-256'],
  ['a hash that is none', good, { sha256: 'abc' }, 400, '64 hexadecimal digits'],
  ['nothing', '', {}, 400, 'The file is empty.'],
  ['nothing, as announced', '', { contentLength: 0 }, 400, 'The file is empty.'],
  ['gzip', gzipSync(good), {}, 415, 'gzip'],
  ['zip', 'PK\x03\x04', {}, 415, 'zip'],
  ['UTF-16', Buffer.from(good, 'utf16le'), {}, 415, 'UTF-16'],
  ['UTF-16 with a mark', Buffer.from(`\ufeff${good}`, 'utf16le'), {}, 415, 'UTF-16'],
])('%s is refused and nothing is kept', async (_, content, announced, status, words) => {
  const refusal = await send(content, announced).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ name: 'Refusal', status });
  expect(String((refusal as Error).message)).toContain(words);
  await expectNothingKept();
});

test('a file above the limit is refused before and while it comes', async () => {
  ctx = await testContext({ env: testEnv({ BATCHDECK_MAX_FILE_BYTES: String(good.length) }) });
  await send(good);
  await ctx.db.deleteFrom('files').execute();
  for (const announced of [{ contentLength: good.length + 1 }, {}]) {
    await expect(send(`${good}\n`, announced)).rejects.toMatchObject({ status: 413 });
  }
});

test('a client that goes away leaves nothing', async () => {
  async function* broken() {
    yield Buffer.from(good);
    throw new Error('aborted');
  }
  await expect(send('', { body: broken() })).rejects.toMatchObject({ status: 400 });
  await expectNothingKept();
});

test('a client that sends nothing, or a drop now and then, is cut', async () => {
  const pace = { windowMs: 100, minBytes: 100 };
  async function* idle() {
    yield Buffer.from(good);
    await new Promise(() => {});
  }
  async function* dripping() {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      yield Buffer.from('x');
    }
  }
  for (const body of [idle(), dripping()]) {
    await expect(send('', { body, pace })).rejects.toMatchObject({ status: 408 });
  }
  await expectNothingKept();
});

test('a slow disk is not the fault of the client', async () => {
  const { put } = ctx.blobs;
  const slow: Context['blobs']['put'] = (key, source) =>
    put(
      key,
      (async function* () {
        for await (const chunk of source) {
          await new Promise((resolve) => setTimeout(resolve, 30));
          yield chunk;
        }
      })(),
    );
  const pace = { windowMs: 60, minBytes: 1_000 };
  const file = await send(good, { pace }, { ...ctx, blobs: { ...ctx.blobs, put: slow } });
  expect(file.usable).toBe(true);
});

test('a store that fails keeps no bytes', async () => {
  await ctx.db.schema.dropTable('events').execute();
  await expect(send(good)).rejects.toThrow('events');
  expect(await ctx.db.selectFrom('files').selectAll().execute()).toEqual([]);
  expect(await Array.fromAsync(ctx.blobs.list(''))).toEqual([]);
});

test('only those who may operate send, and viewers read', async () => {
  const { id } = await send(good);
  const viewer: Context = {
    ...ctx,
    actor: { ...ctx.actor, kind: 'user', role: 'viewer' } as Context['actor'],
  };
  await expect(send(good, {}, viewer)).rejects.toMatchObject({ status: 403 });
  expect((await getFile(viewer, id)).id).toBe(id);
  const nobody: Context = { ...ctx, actor: { kind: 'anyone' } };
  for (const read of [
    getFile(nobody, id),
    openFile(nobody, id),
    listFindings(nobody, id, { cursor: 0, limit: 1 }),
  ]) {
    await expect(read).rejects.toMatchObject({ status: 401 });
  }
});

test("a token kept to one connection reaches its own user's files only", async () => {
  const { id } = await send(good);
  const token = (userId: string, connectionId: string | null): Context => ({
    ...ctx,
    actor: { kind: 'token', userId, name: 'ci', role: 'operator', tokenId: 'tok_1', connectionId },
  });
  await expect(getFile(token('usr_other', 'con_1'), id)).rejects.toMatchObject({ status: 404 });
  expect((await listFiles(token('usr_other', 'con_1'), { limit: 50 })).items).toEqual([]);
  expect((await getFile(token('usr_other', null), id)).id).toBe(id);
  const own = await send(good, {}, token('usr_other', 'con_1'));
  expect((await getFile(token('usr_other', 'con_1'), own.id)).id).toBe(own.id);
});

test('another workspace and a made-up id are not found', async () => {
  const { id } = await send(good);
  await expect(getFile({ ...ctx, workspace: 'other' }, id)).rejects.toMatchObject({ status: 404 });
  for (const made of ['fil_0', '../../x', '', "' or 1=1"]) {
    await expect(getFile(ctx, made)).rejects.toMatchObject({ status: 404 });
  }
});

test.each([
  ['../../x', '../../x'],
  ['a\r\nX: y', 'aX: y'],
  ['日本.jsonl', '日本.jsonl'],
  ['\u202eevil.html', 'evil.html'],
  ['é'.repeat(400), 'é'.repeat(300)],
  ['', 'untitled.jsonl'],
  ['\ud800', '\ufffd'],
])('the name %j is kept as %j', async (name, kept) => {
  const file = await send(good, { name });
  expect(file.name).toBe(kept);
  expect(await Array.fromAsync(ctx.blobs.list('files/'), (found) => found.key)).toEqual([`files/${file.id}`]);
});

test('findings come in pages, the rest is counted', async () => {
  const file = await send('x\n'.repeat(1_500));
  expect(file).toMatchObject({ findings: { errors: 1_500, warnings: 0 }, requests: 0, usable: false });
  const first = await listFindings(ctx, file.id, { cursor: 0, limit: 600 });
  expect(first).toMatchObject({ nextCursor: '600', total: 1_500 });
  expect(first.items[0]).toEqual({
    line: 1,
    column: 1,
    severity: 'error',
    code: 'invalid_json',
    message: 'Line 1, column 1: not valid JSON: a value must stand here, not `x`.',
    place: { offset: 0, bytes: 1 },
    snippet: { before: '', at: 'x', after: '' },
  });
  const rest = await listFindings(ctx, file.id, { cursor: 600, limit: 600 });
  expect(rest.items).toHaveLength(400);
  expect(rest.nextCursor).toBeNull();
});

test('the list goes page by page, newest first', async () => {
  const sent: string[] = [];
  for (let i = 0; i < 5; i++) {
    sent.unshift((await send(good, {}, { ...ctx, clock: () => 1_000_000 + Math.floor(i / 2) })).id);
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listFiles(ctx, { cursor, limit: 2 });
    seen.push(...page.items.map((file) => file.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen.toSorted()).toEqual(sent.toSorted());
  expect(new Set(seen).size).toBe(5);
  await expect(listFiles(ctx, { cursor: 'x', limit: 2 })).rejects.toMatchObject({ status: 400 });
});

test('request lines are the bytes as uploaded, without blank lines, mark and CR', async () => {
  const lines = [
    '{"custom_id":"a\u2028","params":{"model":"m","n":1.0}}',
    '  {"custom_id":"b","params":{"model":"m"}} ',
  ];
  const { id } = await send(`\ufeff${lines[0]}\r\n\n \t\r\n${lines[1]}`);
  const { blobKey } = await openFile(ctx, id);
  const read = await Array.fromAsync(readRequestLines(ctx.blobs, blobKey), (line) =>
    Buffer.from(line).toString(),
  );
  expect(read).toEqual(lines);
});

test('a file whose row was kept is whole, also where nobody heard that it was', async () => {
  const transaction = () => ({
    async execute(work: Parameters<ReturnType<typeof ctx.db.transaction>['execute']>[0]) {
      await ctx.db.transaction().execute(work);
      throw new Error('Connection terminated');
    },
  });
  const db = new Proxy(ctx.db, {
    get: (real, name) => (name === 'transaction' ? transaction : Reflect.get(real, name).bind(real)),
  });
  await expect(send(good, {}, { ...ctx, db })).rejects.toThrow('Connection terminated');
  const { items } = await listFiles(ctx, { limit: 50 });
  expect((await contentOf(items[0]?.id ?? '')).toString()).toBe(good);
});
