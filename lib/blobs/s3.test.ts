import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Blobs } from './blobs.ts';
import { openS3Blobs } from './s3.ts';
import { type S3Kit, startS3 } from './s3-kit.ts';
import { readS3Place } from './s3-place.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'cache-'));
let kit: S3Kit;
let blobs: Blobs;
const open = (url = kit.url) => openS3Blobs(readS3Place(url), { dir, maxBytes: 1e9 });
beforeAll(async () => {
  kit = await startS3();
  blobs = await open();
});
afterEach(() => {
  kit.meddle = () => false;
  vi.unstubAllEnvs();
});
afterAll(async () => {
  await kit.close();
  rmSync(dir, { recursive: true });
});

const big = () => randomBytes(20_000_000);
async function* from(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
async function* broken(): AsyncGenerator<Uint8Array> {
  yield big();
  throw new Error('the client went away');
}

test.each([10, 20_000_000])(
  'of two processes writing one key the store keeps the first, %i bytes',
  async (length) => {
    const key = `race/${length}`;
    const other = await open();
    const mine = randomBytes(length);
    let refused: unknown;
    async function* overtaken() {
      yield mine;
      await other.put(key, from(Buffer.from('theirs')));
    }
    await blobs.put(key, overtaken()).catch((error: unknown) => {
      refused = error;
    });
    expect(refused).toMatchObject({ name: 'KeyTaken' });
    expect(Buffer.concat(await Array.fromAsync(blobs.read(key))).toString()).toBe('theirs');
    expect(kit.unfinished.size).toBe(0);
  },
);

test('a put in parts that fails is aborted at once', async () => {
  await expect(blobs.put('aborted', broken())).rejects.toThrow('the client went away');
  expect(kit.requests.some((line) => /^POST .*aborted\?uploads/.test(line))).toBe(true);
  expect(kit.unfinished.size).toBe(0);
});

test('parts that a killed process left are dropped when they are a day old', async () => {
  kit.meddle = ({ method, url }, response) => {
    if (method !== 'DELETE' || !url?.includes('uploadId')) return false;
    response.writeHead(403).end();
    return true;
  };
  await expect(blobs.put('left', broken())).rejects.toThrow('the client went away');
  kit.meddle = () => false;
  expect(kit.unfinished.size).toBe(1);
  await blobs.dropUnfinished();
  expect(kit.unfinished.size).toBe(1);
  for (const upload of kit.unfinished.values()) upload.initiated = new Date(Date.now() - 25 * 3_600_000);
  await blobs.dropUnfinished();
  expect(kit.unfinished.size).toBe(0);
});

test('a download that breaks off goes on where it stood', async () => {
  const body = big();
  await blobs.put('broken-off', from(body));
  let cuts = 0;
  kit.meddle = ({ method }, response) => {
    if (method !== 'GET' || cuts === 3) return false;
    cuts += 1;
    let sent = 0;
    const write = response.write.bind(response) as (chunk: Uint8Array) => boolean;
    response.write = ((chunk: Uint8Array) => {
      sent += chunk.length;
      if (sent > 3_000_000) setImmediate(() => response.destroy());
      return write(chunk);
    }) as typeof response.write;
    return false;
  };
  expect(Buffer.concat(await Array.fromAsync(blobs.read('broken-off'))).equals(body)).toBe(true);
  expect(cuts).toBe(3);
});

test('slow downloads, however many, leave a way to the store', async () => {
  await blobs.put('slow', from(Buffer.from('bytes')));
  const held: (() => void)[] = [];
  kit.meddle = ({ method, url }, response) => {
    if (method !== 'GET' || !url?.includes('/slow')) return false;
    held.push(() => response.writeHead(200, { 'content-length': 5 }).end('bytes'));
    return true;
  };
  const downloads = Array.from({ length: 80 }, () => Array.fromAsync(blobs.read('slow')));
  await vi.waitFor(() => expect(held).toHaveLength(80), { timeout: 15_000 });
  for (const release of held) release();
  for (const chunks of await Promise.all(downloads)) expect(Buffer.concat(chunks).toString()).toBe('bytes');
});

test('a write whose answer was lost is asked for once, a read again', async () => {
  kit.meddle = ({ method }, response) => {
    if (method === 'HEAD') return false;
    response.writeHead(500).end();
    return true;
  };
  const before = kit.requests.length;
  await expect(blobs.put('unlucky', from(Buffer.from('x')))).rejects.toThrow();
  expect(kit.requests.slice(before).filter((line) => line.startsWith('PUT'))).toHaveLength(1);
  await expect(Array.fromAsync(blobs.read('unlucky'))).rejects.toThrow();
  expect(kit.requests.slice(before).filter((line) => line.startsWith('GET'))).toHaveLength(4);
});

test.each([10, 20_000_000])('a store that is busy for a moment takes %i bytes after all', async (length) => {
  const busy = new Map<string, number>();
  kit.meddle = ({ method, url }, response) => {
    if (method !== 'PUT' && method !== 'POST') return false;
    const kind = `${method} ${url?.replace(/=.*/, '')}`;
    const times = busy.get(kind) ?? 0;
    busy.set(kind, times + 1);
    if (times >= 2) return false;
    response.writeHead(503).end();
    return true;
  };
  const body = randomBytes(length);
  await blobs.put(`busy/${length}`, from(body));
  expect(Buffer.concat(await Array.fromAsync(blobs.read(`busy/${length}`))).equals(body)).toBe(true);
  expect(Math.min(...busy.values())).toBeGreaterThanOrEqual(3);
});

test('stores under different prefixes do not see each other', async () => {
  const other = await open(kit.url.replace('some/prefix', 'some/pre'));
  await other.put('mine', from(Buffer.from('x')));
  expect(await blobs.size('mine')).toBeNull();
  expect(await Array.fromAsync(other.list(''), ({ key }) => key)).toEqual(['mine']);
});

test('a wrong bucket, key or address stops the start in one line that names BLOB_URL', async () => {
  await expect(open(kit.url.replace('blobs', 'nothere'))).rejects.toThrow(
    /^BLOB_URL: there is no bucket nothere at http:\/\/127\.0\.0\.1:\d+$/,
  );
  await expect(open(kit.url.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1'))).rejects.toThrow(
    'BLOB_URL: http://127.0.0.1:1 cannot be reached (ECONNREFUSED)',
  );
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'nobody');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'not-the-secret');
  const refused = await open().catch((error: Error) => error.message);
  expect(refused).toMatch(
    /^BLOB_URL: http:\S+ does not let these AWS credentials into the bucket blobs \(\w+\)$/,
  );
  expect(refused).not.toContain('not-the-secret');
});

test.each([
  ['s3://', 'must look like'],
  ['s3://key:secret@bucket/x', 'credentials belong into'],
  ['s3://bucket?color=red', 'color is unknown'],
  ['s3://bucket?endpoint=ftp://x', 'endpoint must be'],
  ['s3://bucket/a/../b?endpoint=x', 'endpoint must be'],
])('%s is refused', (url, words) => {
  expect(() => readS3Place(url)).toThrow(`BLOB_URL: ${words}`);
});

test('the place is read from the address', () => {
  expect(readS3Place('s3://b/p/q/?region=eu-west-1')).toEqual({
    bucket: 'b',
    prefix: 'p/q/',
    region: 'eu-west-1',
    endpoint: undefined,
    forcePathStyle: false,
  });
  expect(readS3Place('s3://b?endpoint=http://127.0.0.1:9000&forcePathStyle=true')).toMatchObject({
    prefix: '',
    region: 'us-east-1',
    forcePathStyle: true,
  });
});
