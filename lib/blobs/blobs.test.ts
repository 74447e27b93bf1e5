import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readEnv } from '#lib/env';
import { type Blobs, type ByteRange, KeyTaken } from './blobs.ts';
import { openBlobs } from './open-blobs.ts';
import { startS3 } from './s3-kit.ts';

type Opened = { blobs: Blobs; env: Record<string, string>; close: () => Promise<void> };

const unconditional = 'S3 without conditional writes';
const stores: Record<string, () => Promise<Opened>> = {
  disk: () => opened({}, async () => {}),
  S3: () => overHttp({ conditional: true }),
  [unconditional]: () => overHttp({ conditional: false }),
};

async function overHttp(kind: { conditional: boolean }): Promise<Opened> {
  const kit = await startS3(kind);
  return opened({ BLOB_URL: kit.url }, kit.close);
}

async function opened(named: Record<string, string>, close: () => Promise<void>): Promise<Opened> {
  const dir = mkdtempSync(path.join(tmpdir(), 'blobs-'));
  const env = { BATCHDECK_DATA_DIR: dir, ...named };
  return {
    blobs: await openBlobs(readEnv(env)),
    env,
    async close() {
      await close();
      rmSync(dir, { recursive: true });
    },
  };
}

async function* from(...chunks: (Uint8Array | string)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

describe.each(Object.keys(stores))('blobs on %s', (name) => {
  let store: Opened;
  let blobs: Blobs;
  let n = 0;
  let key: string;
  beforeAll(async () => {
    store = await (stores[name] as () => Promise<Opened>)();
    blobs = store.blobs;
  });
  beforeEach(() => {
    n += 1;
    key = `case/${n}`;
  });
  afterAll(() => store.close());

  const bytesOf = async (of: string, range?: ByteRange) =>
    Buffer.concat(await Array.fromAsync(blobs.read(of, range)));
  const textOf = async (of: string, range?: ByteRange) => (await bytesOf(of, range)).toString();
  const keys = async (prefix: string) =>
    (await Array.fromAsync(blobs.list(prefix), (found) => found.key)).sort();

  test.each([0, 1, 1_500_000, 8 * 1024 * 1024, 20_000_000])(
    'what is put is read back with its length and hash, %i bytes',
    async (length) => {
      const body = randomBytes(length);
      const pieces = [body.subarray(0, 3), body.subarray(3, 600_003), body.subarray(600_003)];
      const sha256 = createHash('sha256').update(body).digest('hex');
      expect(await blobs.put(key, from(...pieces))).toEqual({ bytes: length, sha256 });
      expect((await bytesOf(key)).equals(body)).toBe(true);
      expect(await blobs.size(key)).toBe(length);
      expect((await readFile(await blobs.localPath(key))).equals(body)).toBe(true);
    },
  );

  test('a file is put whole, and what becomes of it later is not seen', async () => {
    const file = path.join(store.env.BATCHDECK_DATA_DIR ?? '', `file-${n}`);
    await writeFile(file, 'all of it');
    await blobs.putFile(key, file);
    await rm(file);
    expect(await textOf(key)).toBe('all of it');
    await writeFile(file, 'another');
    await expect(blobs.putFile(key, file)).rejects.toThrow(KeyTaken);
    expect(await textOf(key)).toBe('all of it');
  });

  test('many small chunks arrive in order', async () => {
    const chunks = Array.from({ length: 100_000 }, (_, i) => Buffer.from(`${i}\n`));
    await blobs.put(key, from(...chunks));
    expect(await textOf(key)).toBe(Buffer.concat(chunks).toString());
  });

  test('a range reads exactly its bytes and stops at the end', async () => {
    await blobs.put(key, from('0123456789'));
    const read = (offset: number, length: number) => textOf(key, { offset, length });
    expect(await read(0, 1)).toBe('0');
    expect(await read(0, 10)).toBe('0123456789');
    expect(await read(3, 4)).toBe('3456');
    expect(await read(9, 1)).toBe('9');
    expect(await read(8, 40)).toBe('89');
    expect(await read(10, 5)).toBe('');
    expect(await read(400, 5)).toBe('');
    expect(await read(3, 0)).toBe('');
  });

  test('a range reaches over the border of two parts', async () => {
    const body = randomBytes(17 * 1024 * 1024);
    await blobs.put(key, from(body));
    const at = { offset: 8 * 1024 * 1024 - 5, length: 10 };
    expect(await bytesOf(key, at)).toEqual(body.subarray(at.offset, at.offset + at.length));
  });

  test('a reader may stop in the middle', async () => {
    await blobs.put(key, from(randomBytes(5_000_000)));
    for await (const chunk of blobs.read(key)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(await blobs.size(key)).toBe(5_000_000);
  });

  test('a key that exists is refused and keeps its bytes', async () => {
    await blobs.put(key, from('first'));
    await expect(blobs.put(key, from('second'))).rejects.toThrow(`There is a blob under ${key} already.`);
    await expect(blobs.put(key, from(randomBytes(9_000_000)))).rejects.toThrow('already');
    expect(await textOf(key)).toBe('first');
  });

  test('of two puts racing for a key one wins and the other is refused', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => blobs.put(key, from(`put ${i}`))),
    );
    const won = outcomes.findIndex(({ status }) => status === 'fulfilled');
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(
      outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason.name),
    ).toEqual(Array.from({ length: 7 }, () => 'KeyTaken'));
    expect(await textOf(key)).toBe(`put ${won}`);
  });

  test.each([700_000, 20_000_000])(
    'nothing is kept when the source breaks after %i bytes',
    async (length) => {
      async function* broken() {
        yield randomBytes(length);
        throw new Error('the client went away');
      }
      await expect(blobs.put(key, broken())).rejects.toThrow('the client went away');
      expect(await blobs.size(key)).toBeNull();
      expect(await keys(key)).toEqual([]);
    },
  );

  test('nothing can be seen before the whole stands', async () => {
    let seen: unknown[] = [];
    async function* watched() {
      yield randomBytes(20_000_000);
      seen = [await blobs.size(key), await keys(key)];
      yield randomBytes(10);
    }
    await blobs.put(key, watched());
    expect(seen).toEqual([null, []]);
    expect(await keys(key)).toEqual([key]);
  });

  test('of a put whose process is killed nothing can be seen, and the key is free', async () => {
    const child = spawn(
      process.execPath,
      ['--conditions=react-server', '--input-type=module-typescript', '-e', putThatNeverEnds(key)],
      { env: { ...process.env, ...store.env }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await blobs.size(key)).toBeNull();
    expect(await keys(key)).toEqual([]);
    await blobs.put(key, from('again'));
    expect(await textOf(key)).toBe('again');
  });

  test('a missing key has no size, cannot be read, and may be deleted', async () => {
    expect(await blobs.size('nope')).toBeNull();
    await expect(textOf('nope')).rejects.toMatchObject({ name: 'BlobMissing' });
    await expect(textOf('nope', { offset: 1, length: 2 })).rejects.toMatchObject({ name: 'BlobMissing' });
    await expect(blobs.localPath('nope')).rejects.toMatchObject({ name: 'BlobMissing' });
    await blobs.delete('nope');
  });

  test.each(['', '/a', 'a/', '../x', 'a/../b', 'a//b', 'A', 'a\0b', '.', 'a/./b', 'é', 'a b', 'a\\b'])(
    'the key %j is refused',
    async (bad) => {
      for (const use of [
        () => blobs.put(bad, from('x')),
        () => textOf(bad),
        () => blobs.size(bad),
        () => blobs.delete(bad),
        () => blobs.localPath(bad),
      ]) {
        await expect(use()).rejects.toThrow('Not a blob key');
      }
    },
  );

  test('keys are listed below a prefix and leave it when deleted', async () => {
    const names = ['a', 'b', 'c1/1', 'c1/2', 'c2/1'].map((end) => `listed/${end}`);
    for (const at of names) await blobs.put(at, from(at));
    expect(await keys('listed/')).toEqual(names);
    expect(await keys('listed/c1')).toEqual(['listed/c1/1', 'listed/c1/2']);
    expect(await keys('none/')).toEqual([]);
    const [found] = await Array.fromAsync(blobs.list('listed/a'));
    expect(Math.abs((found?.modifiedAt ?? 0) - Date.now())).toBeLessThan(60_000);
    await blobs.delete('listed/a');
    expect(await keys('listed/')).toEqual(names.slice(1));
  });

  test('several blobs stand on this machine while they are used', async () => {
    await blobs.put(`${key}-1`, from('one'));
    await blobs.put(`${key}-2`, from('two'));
    const read = (files: string[]) => Promise.all(files.map((file) => readFile(file, 'utf8')));
    expect(await blobs.withLocal([`${key}-1`, `${key}-2`], read)).toEqual(['one', 'two']);
  });

  // Once over HTTP is enough.
  if (name === unconditional) return;
  test('200 MB pass through a few buffers', async () => {
    const chunk = randomBytes(1_000_000);
    let most = 0;
    async function* much() {
      for (let i = 0; i < 200; i++) {
        most = Math.max(most, process.memoryUsage().arrayBuffers);
        yield chunk;
      }
    }
    const before = process.memoryUsage().arrayBuffers;
    expect(await blobs.put(key, much())).toMatchObject({ bytes: 200_000_000 });
    let bytes = 0;
    for await (const came of blobs.read(key)) {
      most = Math.max(most, process.memoryUsage().arrayBuffers);
      bytes += came.length;
    }
    expect(bytes).toBe(200_000_000);
    expect(most - before).toBeLessThan(120_000_000);
    await blobs.delete(key);
  }, 120_000);
});

function putThatNeverEnds(key: string): string {
  return `
    import { openBlobs } from '#lib/blobs/open-blobs';
    import { readEnv } from '#lib/env';
    const blobs = await openBlobs(readEnv(process.env));
    async function* source() {
      yield new Uint8Array(20_000_000);
      console.log('on its way');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    }
    await blobs.put('${key}', source());`;
}
