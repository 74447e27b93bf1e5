import 'server-only';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openTestBlobs } from './blobs/test-blobs.ts';
import { systemClock } from './clock.ts';
import { type Context, workspace } from './context.ts';
import { readEnv } from './env.ts';
import { createLog } from './log.ts';
import { newId } from './model/id.ts';
import { openKeyring } from './secrets/open-keyring.ts';
import type { Db } from './store/engine.ts';
import { anotherReplica, openTestDb } from './store/test-db.ts';

/** A whole context on a fresh migrated store and a folder of its own, with an admin who stands in the store. */
export async function testContext(overrides: Partial<Context> = {}): Promise<Context> {
  const env = overrides.env ?? testEnv();
  const db = overrides.db ?? (await openTestDb());
  const log = overrides.log ?? createLog('error', () => {});
  return {
    env,
    db,
    blobs: overrides.blobs ?? (await openTestBlobs(env.BATCHDECK_DATA_DIR)),
    keyring: overrides.keyring ?? (await openKeyring({ env, db, log })),
    outbound: absent('outbound'),
    sandbox: null,
    index: absent('index'),
    clock: systemClock,
    log,
    wake: () => {},
    workspace,
    actor: overrides.actor ?? (await anAdmin(db)),
    ...overrides,
  };
}

/** The same as another process of the install would work with it. */
export async function replicaOf(ctx: Context): Promise<Context> {
  return { ...ctx, db: await anotherReplica(ctx.db) };
}

/** One for all contexts of a test file, so that two of them can share a store. */
const masterKey = `k1:${randomBytes(32).toString('base64')}`;

export function testEnv(given: Record<string, string> = {}): Context['env'] {
  return readEnv({
    BATCHDECK_DATA_DIR: mkdtempSync(path.join(tmpdir(), 'batchdeck-')),
    BATCHDECK_KEYS: masterKey,
    ...given,
  });
}

async function anAdmin(db: Db): Promise<Context['actor']> {
  const userId = newId('usr');
  const email = `${userId}@example.com`;
  await db
    .insertInto('users')
    .values({
      id: userId,
      workspace,
      email,
      password_hash: 'none',
      role: 'admin',
      disabled_at: null,
      set_by_file: 0,
      file_mark: null,
      created_at: Date.now(),
    })
    .execute();
  return { kind: 'user', userId, name: email, role: 'admin', sessionHash: 'none' };
}

/** Stands where a test handed in nothing, and says so when it is used. */
function absent<T extends object>(name: string): T {
  return new Proxy({} as T, {
    get(_, property) {
      if (property === 'then' || typeof property === 'symbol') return undefined;
      throw new Error(`This test uses ctx.${name}.${property}: hand testContext a real ${name}.`);
    },
  });
}
