import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Blobs } from './blobs.ts';
import { openFsBlobs } from './fs.ts';

let dir: string;
let blobs: Blobs;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'blobs-'));
  blobs = openFsBlobs(dir);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function* from(...chunks: (Uint8Array | string)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

async function textOf(key: string, range?: { offset: number; length: number }): Promise<string> {
  const chunks = await Array.fromAsync(blobs.read(key, range));
  return Buffer.concat(chunks).toString();
}

const arriving = () => readdirSync(path.join(dir, 'arriving'));

test('what is put is read back with its length and hash', async () => {
  const body = randomBytes(1_500_000);
  const pieces = [body.subarray(0, 3), body.subarray(3, 600_003), body.subarray(600_003)];
  const stored = await blobs.put('files/fil_1', from(...pieces));
  expect(stored).toEqual({ bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') });
  expect(Buffer.concat(await Array.fromAsync(blobs.read('files/fil_1'))).equals(body)).toBe(true);
  expect(await blobs.size('files/fil_1')).toBe(body.length);
  expect((await readFile(await blobs.localPath('files/fil_1'))).equals(body)).toBe(true);
  expect(arriving()).toEqual([]);
});

test('many small chunks arrive in order', async () => {
  const chunks = Array.from({ length: 100_000 }, (_, i) => Buffer.from(`${i}\n`));
  await blobs.put('a/b', from(...chunks));
  expect(await textOf('a/b')).toBe(Buffer.concat(chunks).toString());
});

test('a range reads exactly its bytes and stops at the end', async () => {
  await blobs.put('a', from('0123456789'));
  expect(await textOf('a', { offset: 3, length: 4 })).toBe('3456');
  expect(await textOf('a', { offset: 8, length: 40 })).toBe('89');
  expect(await textOf('a', { offset: 3, length: 0 })).toBe('');
});

test('a key that exists is refused and keeps its bytes', async () => {
  await blobs.put('a', from('first'));
  await expect(blobs.put('a', from('second'))).rejects.toThrow('There is a blob under a already.');
  expect(await textOf('a')).toBe('first');
  expect(arriving()).toEqual([]);
});

test('of two puts racing for a key one wins and the other is refused', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, (_, i) => blobs.put('race', from(`put ${i}`))),
  );
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  expect(arriving()).toEqual([]);
});

test('nothing is kept when the source breaks', async () => {
  async function* broken() {
    yield randomBytes(700_000);
    throw new Error('the client went away');
  }
  await expect(blobs.put('files/x', broken())).rejects.toThrow('the client went away');
  expect(await blobs.size('files/x')).toBeNull();
  expect(arriving()).toEqual([]);
});

test('a source is asked for no more than what is written', async () => {
  let given = 0;
  let most = 0;
  async function* source() {
    for (let i = 0; i < 200; i++) {
      given++;
      most = Math.max(most, given);
      yield new Uint8Array(300_000);
      given--;
    }
  }
  await blobs.put('slow', source());
  expect(most).toBe(1);
});

test('a missing key has no size and reading it fails', async () => {
  expect(await blobs.size('nope')).toBeNull();
  await expect(textOf('nope')).rejects.toThrow('ENOENT');
  await blobs.delete('nope');
});

test.each(['', '/a', 'a/', '../x', 'a/../b', 'a//b', 'A', 'a\0b', '.', 'a/./b', 'é', 'a b', 'a\\b'])(
  'the key %j is refused',
  async (key) => {
    await expect(blobs.put(key, from('x'))).rejects.toThrow('Not a blob key');
    await expect(textOf(key)).rejects.toThrow('Not a blob key');
  },
);

test('keys are listed below a prefix', async () => {
  for (const key of ['files/a', 'files/b', 'parts/p1/1', 'parts/p1/2', 'parts/p2/1']) {
    await blobs.put(key, from(key));
  }
  const keys = async (prefix: string) =>
    (await Array.fromAsync(blobs.list(prefix), (found) => found.key)).sort();
  expect(await keys('files/')).toEqual(['files/a', 'files/b']);
  expect(await keys('parts/p1')).toEqual(['parts/p1/1', 'parts/p1/2']);
  expect(await keys('')).toHaveLength(5);
  expect(await keys('none/')).toEqual([]);
  await blobs.delete('files/a');
  expect(await keys('files/')).toEqual(['files/b']);
});

test('what a killed process left is gone after the next start, what a living one writes is spared', () => {
  const place = (name: string) => path.join(dir, 'arriving', name);
  for (const name of ['999999999-dead', `${process.pid}-before`, `${process.ppid}-alive`]) {
    writeFileSync(place(name), 'half');
  }
  utimesSync(place(`${process.pid}-before`), 1, 1);
  openFsBlobs(dir);
  expect(arriving()).toEqual([`${process.ppid}-alive`]);
});
