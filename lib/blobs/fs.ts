import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { type FileHandle, link, mkdir, open, opendir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { fp } from '#lib/failpoint';
import { BlobMissing, type Blobs, checkedKey, KeyTaken, type Stored, type Watch } from './blobs.ts';

const gathered = 256 * 1024;
const flushed = 16 * 1024 * 1024;
const hour = 3_600_000;
/** Machines that share the folder have process ids of their own. */
const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** Blobs as plain files: `kept/` holds whole ones under their keys, `arriving/` what is still being written. */
export function openFsBlobs(dir: string): Blobs {
  const kept = path.join(path.resolve(dir), 'kept');
  const arriving = path.join(path.resolve(dir), 'arriving');
  for (const folder of [kept, arriving]) makeFolder(folder);
  sweep(arriving);
  const placeOf = (key: string) => path.join(kept, checkedKey(key));
  const localPath = async (key: string) => {
    if (!(await exists(placeOf(key)))) throw new BlobMissing(key);
    return placeOf(key);
  };

  async function put(key: string, source: AsyncIterable<Uint8Array>, watch?: Watch): Promise<Stored> {
    const place = placeOf(key);
    const temp = path.join(arriving, `${process.pid}-${host}-${randomUUID()}`);
    try {
      if (await exists(place)) throw new KeyTaken(key);
      const stored = await write(temp, source, watch);
      await publish(temp, place, key, kept);
      return stored;
    } finally {
      await rm(temp, { force: true });
    }
  }

  return {
    put,
    async putFile(key, file) {
      await syncFile(file);
      fp('temp-synced');
      try {
        await publish(file, placeOf(key), key, kept);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
        await put(key, createReadStream(file));
      }
    },
    async *read(key, range) {
      const place = placeOf(key);
      if (range?.length === 0) return;
      const span = range && { start: range.offset, end: range.offset + range.length - 1 };
      try {
        yield* createReadStream(place, { ...span, highWaterMark: gathered });
      } catch (error) {
        throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new BlobMissing(key) : error;
      }
    },
    async size(key) {
      return (await exists(placeOf(key)))?.size ?? null;
    },
    async delete(key) {
      await rm(placeOf(key), { force: true });
    },
    localPath,
    async withLocal(keys, use) {
      return use(await Promise.all(keys.map(localPath)));
    },
    async *list(prefix) {
      const start = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      if (start !== '') checkedKey(start.slice(0, -1));
      yield* walk(kept, start, prefix);
    },
    async dropUnfinished() {
      sweep(arriving);
    },
  };
}

/** A name is durable once its folder was synced, up to the first folder that was there before. */
function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (first === undefined || process.platform === 'win32') return;
  for (let made = folder; made.length >= first.length; made = path.dirname(made)) {
    const above = openSync(path.dirname(made), 'r');
    fsyncSync(above);
    closeSync(above);
  }
}

async function exists(place: string) {
  return stat(place).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
}

async function write(temp: string, source: AsyncIterable<Uint8Array>, watch?: Watch): Promise<Stored> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(temp, 'wx', 0o600);
  const written = counted(file, (now, isAll) => watch?.(temp, now, isAll));
  try {
    const small = Buffer.allocUnsafe(gathered);
    let used = 0;
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.length;
      if (used + chunk.length > small.length) {
        await written(small.subarray(0, used));
        used = 0;
      }
      if (chunk.length >= small.length) await written(chunk);
      else {
        small.set(chunk, used);
        used += chunk.length;
      }
    }
    await written(small.subarray(0, used), true);
    fp('temp-written');
    await file.sync();
    fp('temp-synced');
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

function counted(file: FileHandle, tell: (bytes: number, isAll: boolean) => void) {
  let total = 0;
  const flow = flowing(file);
  return async (bytes: Uint8Array, isAll = false): Promise<void> => {
    for (let done = 0; done < bytes.length; ) {
      done += (await file.write(bytes, done, bytes.length - done)).bytesWritten;
    }
    total += bytes.length;
    tell(total, isAll);
    await flow(total, isAll);
  };
}

/** What has come goes to the disk while more comes, so that little is left to wait for at the end. */
function flowing(file: FileHandle) {
  let from = 0;
  let under: Promise<void> | null = null;
  return async (total: number, isAll: boolean): Promise<void> => {
    if (isAll) return under ?? undefined;
    if (under !== null || total - from < flushed) return;
    from = total;
    under = file.datasync().then(() => {
      under = null;
    });
    // Told where the end waits for it.
    under.catch(() => {});
  };
}

/** A hard link never replaces what is there, a rename would. */
async function publish(temp: string, place: string, key: string, kept: string): Promise<void> {
  const folder = path.dirname(place);
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await link(temp, place);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? new KeyTaken(key) : error;
  }
  fp('renamed');
  await syncFolder(folder);
  fp('folder-synced');
  if (made === undefined) return;
  for (let parent = folder; parent !== kept; ) {
    parent = path.dirname(parent);
    await syncFolder(parent);
  }
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.chmod(0o600);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function* walk(
  kept: string,
  below: string,
  prefix: string,
): AsyncGenerator<{ key: string; modifiedAt: number }> {
  if (!(await exists(path.join(kept, below)))) return;
  for await (const entry of await opendir(path.join(kept, below))) {
    const key = below + entry.name;
    if (entry.isDirectory()) {
      if (`${key}/`.startsWith(prefix) || prefix.startsWith(`${key}/`)) yield* walk(kept, `${key}/`, prefix);
    } else if (key.startsWith(prefix)) {
      const found = await exists(path.join(kept, key));
      if (found) yield { key, modifiedAt: found.mtimeMs };
    }
  }
}

/** Removes what a killed process left, and spares what another living one (a backup, a second store) still writes. */
function sweep(arriving: string): void {
  const started = Date.now() - process.uptime() * 1000;
  for (const name of readdirSync(arriving)) {
    const temp = path.join(arriving, name);
    const [pid, machine] = [Number(name.split('-')[0]), name.split('-')[1]];
    const touched = statSync(temp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const mine = pid === process.pid;
    const left = machine === host && (mine ? touched < started : !isAlive(pid));
    if (left || touched < Date.now() - hour) rmSync(temp, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
