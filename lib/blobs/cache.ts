import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { BlobMissing } from './blobs.ts';

export type Source = {
  size(key: string): Promise<number | null>;
  read(key: string): AsyncIterable<Uint8Array>;
};

export type Cache = {
  localPath(key: string): Promise<string>;
  withLocal<T>(keys: string[], use: (files: string[]) => Promise<T>): Promise<T>;
  forget(key: string): Promise<void>;
};

/** A copy handed out this recently is not removed: somebody is about to open it. An open one may go, its bytes stay. */
const graceMs = 5 * 60_000;
const pulseMs = 60_000;
const hour = 3_600_000;

/** Copies of blobs on this machine, the least recently used leaving first. Processes may share the folder: the files' times are all they tell each other. */
export function openCache(dir: string, maxBytes: number, source: Source): Cache {
  const folder = path.resolve(dir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const coming = new Map<string, Promise<void>>();
  const placeOf = (key: string) => path.join(folder, createHash('sha256').update(key).digest('hex'));

  async function localPath(key: string): Promise<string> {
    const place = placeOf(key);
    if (await touch(place)) return place;
    const under = coming.get(place) ?? fetch(key, place).finally(() => coming.delete(place));
    coming.set(place, under);
    await under;
    return place;
  }

  async function fetch(key: string, place: string): Promise<void> {
    const bytes = await source.size(key);
    if (bytes === null) throw new BlobMissing(key);
    const temp = `${place}.${randomUUID()}`;
    try {
      const came = await write(temp, source.read(key));
      if (came !== bytes) throw new Error(`Of ${key} came ${came} bytes instead of ${bytes}.`);
      await rename(temp, place);
    } finally {
      await rm(temp, { force: true });
    }
    await makeRoom(folder, maxBytes);
  }

  return {
    localPath,
    async withLocal(keys, use) {
      const held = new Set<string>();
      const pulse = setInterval(() => {
        for (const file of held) touch(file).catch(() => {});
      }, pulseMs);
      try {
        const files: string[] = [];
        for (const key of keys) {
          files.push(await localPath(key));
          held.add(placeOf(key));
        }
        return await use(files);
      } finally {
        clearInterval(pulse);
      }
    },
    async forget(key) {
      await rm(placeOf(key), { force: true });
    },
  };
}

/** Marks a copy as used now; false where there is none. */
async function touch(place: string): Promise<boolean> {
  const now = new Date();
  try {
    await utimes(place, now, now);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function write(temp: string, source: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await open(temp, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of source) {
      await file.writeFile(chunk);
      bytes += chunk.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return bytes;
}

async function makeRoom(folder: string, maxBytes: number): Promise<void> {
  const now = Date.now();
  const found = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const place = path.join(folder, name);
      const about = await stat(place).catch(() => null);
      return { place, whole: !name.includes('.'), bytes: about?.size ?? 0, usedAt: about?.mtimeMs ?? now };
    }),
  );
  let total = found.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { place, whole, bytes, usedAt } of found.sort((a, b) => a.usedAt - b.usedAt)) {
    const leaves = whole ? total > maxBytes && usedAt < now - graceMs : usedAt < now - hour;
    if (!leaves) continue;
    await rm(place, { force: true });
    total -= bytes;
  }
}
