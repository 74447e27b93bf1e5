import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCache } from './cache.ts';

let dir: string;
let asked: string[] = [];
let short = false;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'cache-'));
  asked = [];
  short = false;
});
afterEach(() => rmSync(dir, { recursive: true }));

const source = {
  size: async (key: string) => (key === 'none' ? null : 1_000),
  async *read(key: string) {
    asked.push(key);
    yield Buffer.alloc(short ? 400 : 999, key);
    yield Buffer.from('.');
  },
};
const open = (maxBytes = 10_000) => openCache(dir, maxBytes, source);
const aged = (file: string, minutes: number) => {
  const at = Date.now() / 1_000 - minutes * 60;
  utimesSync(file, at, at);
};

test('a blob is fetched once, however many ask at a time', async () => {
  const cache = open();
  const files = await Promise.all(Array.from({ length: 5 }, () => cache.localPath('a')));
  expect(new Set(files).size).toBe(1);
  await cache.localPath('a');
  expect(asked).toEqual(['a']);
  expect(readFileSync(files[0] ?? '', 'utf8')).toBe(`${'a'.repeat(999)}.`);
});

test('two processes share a folder', async () => {
  await open().localPath('a');
  await open().localPath('a');
  expect(asked).toEqual(['a']);
});

test('what came short is not kept, and asking again fetches again', async () => {
  const cache = open();
  short = true;
  await expect(cache.localPath('a')).rejects.toThrow('Of a came 401 bytes instead of 1000.');
  expect(readdirSync(dir)).toEqual([]);
  short = false;
  await cache.localPath('a');
  await expect(cache.localPath('none')).rejects.toMatchObject({ name: 'BlobMissing' });
});

test('over its bound the least recently used leave, never what was handed out just now', async () => {
  const cache = open(2_500);
  const [a, b] = [await cache.localPath('a'), await cache.localPath('b')];
  aged(a, 30);
  aged(b, 20);
  await cache.localPath('a');
  await cache.localPath('c');
  expect(readdirSync(dir)).toHaveLength(2);
  expect(readdirSync(dir)).not.toContain(path.basename(b));
  await cache.localPath('d');
  expect(readdirSync(dir)).toHaveLength(3);
});

test('what a killed process left half is gone after an hour', async () => {
  const cache = open();
  const a = await cache.localPath('a');
  const half = `${a}.half`;
  writeFileSync(half, 'x');
  await cache.localPath('b');
  expect(readdirSync(dir)).toHaveLength(3);
  aged(half, 61);
  await cache.localPath('c');
  expect(readdirSync(dir)).toHaveLength(3);
});

test('a blob that was deleted is forgotten here too', async () => {
  const cache = open();
  await cache.localPath('a');
  await cache.forget('a');
  expect(readdirSync(dir)).toEqual([]);
});
