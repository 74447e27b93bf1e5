import 'server-only';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { type Blobs, saysTaken } from '#lib/blobs/blobs';
import { type Env, EnvProblem } from '#lib/env';
import type { Db } from '#lib/store/engine';
import { setting, settleSetting } from '#lib/store/settings';

const key = 'store-mark';

/**
 * All processes on one store must see the same blobs, and no other store's: the sweep frees what its own store
 * does not name. A mark among the blobs names the store, and the store names the mark.
 */
export async function demandOwnBlobs(env: Env, db: Db, blobs: Blobs): Promise<void> {
  const store = await settleSetting(db, 'store', randomUUID());
  // In this order: whoever else starts now leaves the mark before the store names it.
  const marked = await setting(db, 'store-mark');
  const found = await readMark(blobs);
  // Beside the SQLite file nobody else can be meant: blobs restored without the mark get it again.
  const shared = env.DATABASE_URL !== undefined || env.BLOB_URL !== undefined;
  if (found === null && marked !== null && shared) throw elsewhere(env);
  const mark = found ?? (await leaveMark(blobs, `${store} ${marked ?? randomUUID()}`));
  if (!mark.startsWith(`${store} `)) throw foreign(env);
  const place = mark.slice(store.length + 1);
  if ((await settleSetting(db, 'store-mark', place)) !== place && shared) throw elsewhere(env);
}

async function readMark(blobs: Blobs): Promise<string | null> {
  if ((await blobs.size(key)) === null) return null;
  return Buffer.concat(await Array.fromAsync(blobs.read(key))).toString();
}

/** Of two processes that start at once the first leaves it, and both go by that one. */
async function leaveMark(blobs: Blobs, mark: string): Promise<string> {
  async function* body() {
    yield Buffer.from(mark);
  }
  await blobs.put(key, body()).catch((error: unknown) => {
    if (!saysTaken(error)) throw error;
  });
  return (await readMark(blobs)) ?? mark;
}

function elsewhere(env: Env): EnvProblem {
  if (env.BLOB_URL !== undefined) {
    return new EnvProblem(
      `BLOB_URL: the blobs of this store are not at ${shown(env)}; name the place they are at`,
    );
  }
  return new EnvProblem(
    `BATCHDECK_DATA_DIR: the blobs of this store are not in ${shown(env)}; all processes on one DATABASE_URL must share the folder, or set BLOB_URL`,
  );
}

function foreign(env: Env): EnvProblem {
  const name = env.BLOB_URL === undefined ? 'BATCHDECK_DATA_DIR' : 'BLOB_URL';
  return new EnvProblem(
    `${name}: the blobs at ${shown(env)} belong to another store; name a place of its own`,
  );
}

function shown({ BLOB_URL, BATCHDECK_DATA_DIR }: Env): string {
  return BLOB_URL?.split('?')[0] ?? path.resolve(BATCHDECK_DATA_DIR);
}
