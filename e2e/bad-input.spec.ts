import { gzipSync } from 'node:zlib';
import type { Batch } from '#lib/model/batch';
import type { BatchFile } from '#lib/model/file';
import type { Finding } from '#lib/model/finding';
import { jsonl, lines } from './api.ts';
import { acceptedCreates, expect, newSession, test } from './fixtures.ts';

const good = jsonl(lines(3));
const refused: [string, BodyInit, Record<string, string>, number][] = [
  ['UTF-16', Buffer.from(`\uFEFF${good}`, 'utf16le'), {}, 415],
  ['gzip bytes', gzipSync(good), {}, 415],
  ['zip bytes', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(64)]), {}, 415],
  ['nothing at all', Buffer.alloc(0), {}, 400],
  ['a Content-Encoding', gzipSync(good), { 'content-encoding': 'gzip' }, 415],
  ['a hash that does not fit', good, { 'x-content-sha256': '0'.repeat(64) }, 400],
];

for (const [what, body, headers, status] of refused) {
  test(`${what} is refused with words and nothing is kept`, async ({ api }) => {
    const before = await api.get<{ items: unknown[] }>('/api/files?limit=1000');
    const response = await api.call('POST', '/api/files?name=x.jsonl', body, headers);
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(response.status).toBe(status);
    expect(error.message.length).toBeGreaterThan(15);
    const after = await api.get<{ items: unknown[] }>('/api/files?limit=1000');
    expect(after.items.length).toBe(before.items.length);
  });
}

const [first, second] = lines(2);
const unusable: [string, string, string, number][] = [
  ['text that is not JSONL', 'dear diary\nno json here\n', 'invalid_json', 1],
  ['blank lines alone', '\n\n\n', 'no_requests', 1],
  ['a repeated custom_id', jsonl([first ?? {}, second ?? {}, first ?? {}]), 'duplicate_custom_id', 3],
  ['a line without an id', '{"params":{"model":"m","messages":[]}}\n', 'missing_custom_id', 1],
];

for (const [what, text, code, line] of unusable) {
  test(`${what}: kept with its findings, and no batch is made that could be sent`, async ({ api }) => {
    const file = await api.upload(text);
    expect(file.usable).toBe(false);
    const { items } = await api.get<{ items: Finding[] }>(`/api/files/${file.id}/findings`);
    const finding = items.find((found) => found.code === code);
    expect(finding).toBeDefined();
    if (code !== 'no_requests') expect(finding?.line).toBe(line);
    if (code === 'duplicate_custom_id') {
      expect(finding?.otherLine).toBe(1);
      expect(finding?.message).toMatch(/3.*1|1.*3/s);
    }
    await expectNoBatch(api, file, 400);
  });
}

test('a line over its limit is named, not swallowed', async ({ api }) => {
  const long = {
    custom_id: 'long',
    params: { model: 'sandbox/instant', messages: 'x'.repeat(65 * 1024 * 1024) },
  };
  const file = await api.upload(jsonl([...lines(1), long]));
  const { items } = await api.get<{ items: Finding[] }>(`/api/files/${file.id}/findings`);
  expect(items.find((found) => found.code === 'line_too_long')?.line).toBe(2);
  await expectNoBatch(api, file, 400);
});

test('more requests than the connection takes at once go out in parts', async ({ api, server }) => {
  const file = await api.upload(jsonl(lines(100_001)));
  const { id } = await api.send<Batch>('POST', '/api/batches', {
    fileId: file.id,
    connection: 'Sandbox',
    name: 'In parts',
  });
  const { parts } = await api.until(id, ({ parts }) => parts.every((part) => part.providerBatchId !== null));
  expect(parts.map(({ counts }) => counts.total)).toEqual([100_000, 1]);
  const ids = parts.map(({ providerBatchId }) => providerBatchId);
  const large = acceptedCreates(server).filter(
    ({ id, requests }) => requests === 100_000 || ids.includes(id),
  );
  expect(large.map(({ id }) => id).sort()).toEqual(ids.sort());
});

test('an unknown connection makes no batch', async ({ api }) => {
  await expectNoBatch(api, await api.upload(good), 404, 'Nobody');
});

test('an expired session and a wrong origin change nothing', async ({ api, server }) => {
  const file = await api.upload(good);
  const body = JSON.stringify({ fileId: file.id, connection: 'Sandbox', name: 'never' });
  const json = { 'content-type': 'application/json' };
  const { name, value } = await newSession(server);
  const cookie = `${name}=${value}`;
  const tries: [Record<string, string>, number][] = [
    [{ ...json, cookie: `${name}=${'x'.repeat(43)}`, origin: server.url }, 401],
    [{ ...json, cookie, origin: 'https://evil.example' }, 403],
    [{ ...json, cookie, origin: 'null' }, 403],
    [{ ...json, cookie }, 403],
    [{ ...json, cookie, origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }, 403],
    [{ 'content-type': 'text/plain', cookie, origin: server.url }, 415],
    [{ 'content-type': 'application/x-www-form-urlencoded', cookie, origin: server.url }, 415],
  ];
  const before = (await api.batches()).length;
  for (const [headers, status] of tries) {
    const response = await fetch(`${server.url}/api/batches`, { method: 'POST', headers, body });
    expect([headers.origin, headers['content-type'], response.status]).toEqual([
      headers.origin,
      headers['content-type'],
      status,
    ]);
  }
  expect((await api.batches()).length).toBe(before);
});

async function expectNoBatch(
  api: {
    call: (m: string, p: string, b?: BodyInit, h?: Record<string, string>) => Promise<Response>;
    batches: () => Promise<unknown[]>;
  },
  file: BatchFile,
  status: number,
  connection = 'Sandbox',
): Promise<void> {
  const before = (await api.batches()).length;
  const body = JSON.stringify({ fileId: file.id, connection, name: 'never' });
  const response = await api.call('POST', '/api/batches', body, { 'content-type': 'application/json' });
  expect(response.status).toBe(status);
  expect(((await response.json()) as { error: { message: string } }).error.message.length).toBeGreaterThan(
    10,
  );
  expect((await api.batches()).length).toBe(before);
}
