import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Blobs } from './blobs.ts';
import { openFsBlobs } from './fs.ts';

let dir: string;
let blobs: Blobs;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'blobs-'));
  blobs = openFsBlobs(dir);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const arriving = () => readdirSync(path.join(dir, 'arriving'));

async function* from(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

test('a put leaves nothing beside what it keeps, whether it ends well or not', async () => {
  async function* broken() {
    yield randomBytes(700_000);
    throw new Error('the client went away');
  }
  await expect(blobs.put('files/x', broken())).rejects.toThrow('the client went away');
  await blobs.put('files/x', from(randomBytes(10)));
  await expect(blobs.put('files/x', from(randomBytes(10)))).rejects.toThrow('already');
  await Promise.allSettled([blobs.put('race', from()), blobs.put('race', from())]);
  expect(arriving()).toEqual([]);
});

test('bytes that a disk loses while more come are not said to be kept', async () => {
  const probe = await open(path.join(dir, 'probe'), 'w');
  const handles = Object.getPrototypeOf(probe) as typeof probe;
  await probe.close();
  // A disk tells of it once; a later sync would be told that all is well.
  const lost = vi.spyOn(handles, 'datasync').mockRejectedValueOnce(new Error('EIO'));
  await expect(blobs.put('files/x', from(randomBytes(20_000_000), randomBytes(1_000)))).rejects.toThrow(
    'EIO',
  );
  expect(lost).toHaveBeenCalledTimes(1);
  lost.mockRestore();
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

test('what a killed process left is gone after the next start, what a living one or another machine writes is spared', async () => {
  const place = (name: string) => path.join(dir, 'arriving', name);
  let machine = '';
  async function* watched() {
    machine = arriving()[0]?.split('-')[1] ?? '';
    yield randomBytes(1);
  }
  await blobs.put('a', watched());
  const names = {
    dead: `999999999-${machine}-x`,
    before: `${process.pid}-${machine}-x`,
    alive: `${process.ppid}-${machine}-x`,
    elsewhere: '999999999-00000000-x',
    forgotten: '999999998-00000000-x',
  };
  for (const name of Object.values(names)) writeFileSync(place(name), 'half');
  for (const name of [names.before, names.forgotten]) utimesSync(place(name), 1, 1);
  openFsBlobs(dir);
  expect(arriving().sort()).toEqual([names.alive, names.elsewhere].sort());
});
