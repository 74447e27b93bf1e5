import 'server-only';
import path from 'node:path';
import { cookieWarning } from './auth/cookie.ts';
import { openBlobs } from './blobs/open-blobs.ts';
import { systemClock } from './clock.ts';
import { peerSandbox } from './connections/peer-sandbox.ts';
import { type Deps, thisProcess } from './context.ts';
import { type Env, readEnv } from './env.ts';
import { demandOwnBlobs } from './files/demand-own-blobs.ts';
import { createLog, type Log } from './log.ts';
import { createOutbound } from './outbound/create-outbound.ts';
import { clearDrafts } from './results/drafts.ts';
import { openIndexPool } from './results/index-pool.ts';
import { openSandbox } from './sandbox/open-sandbox.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import type { Keyring } from './secrets/keyring.ts';
import { demandSoundKeys } from './secrets/master-keys.ts';
import { openKeyring } from './secrets/open-keyring.ts';
import type { Db } from './store/engine.ts';
import { freeLeases } from './store/free-leases.ts';
import { openStore } from './store/open-store.ts';

/** What a process works with, from its environment. What it opened is closed by `thisProcess().closeStore`. */
export async function openDeps(given: Record<string, string | undefined>): Promise<Deps> {
  const env = readEnv(given);
  demandSoundKeys(env);
  const outbound = createOutbound(env);
  const log = createLog(env.LOG_LEVEL);
  const unguarded = cookieWarning(env);
  if (unguarded) log.warn(unguarded);
  const store = await openStore(env);
  const { db } = store;
  if (store.migrated.length > 0) log.info('The store was migrated', { steps: store.migrated });
  await clearAfterKill(env, db);
  const index = openIndexPool();
  thisProcess().closeStore = async () => {
    await outbound.close();
    await index.close();
    await store.close();
  };
  const keyring = await openKeyring({ env, db, log });
  const blobs = await openBlobs(env);
  await demandOwnBlobs(env, db, blobs);
  return {
    env,
    db,
    keyring,
    outbound,
    blobs,
    sandbox: await sandboxOf(env, keyring, log),
    index,
    clock: systemClock,
    log,
    wake: () => thisProcess().wakeClock?.(),
  };
}

const hour = 3_600_000;

/** What another process holds or is writing is not ours to clear; where one is all there is, no other lives. */
async function clearAfterKill(env: Env, db: Db): Promise<void> {
  const alone = env.DATABASE_URL === undefined;
  await clearDrafts(env.BATCHDECK_DATA_DIR, alone ? Number.POSITIVE_INFINITY : Date.now() - hour);
  if (alone) await freeLeases(db);
}

/** One process owns the built-in provider; the others ask it, or say that there is none. */
async function sandboxOf(env: Env, keyring: Keyring, log: Log): Promise<Sandbox | null> {
  const dir = path.join(env.BATCHDECK_DATA_DIR, 'sandbox');
  if (env.ownsSandbox) return openSandbox({ dir, clock: systemClock, log });
  return env.BATCHDECK_SANDBOX_URL ? peerSandbox(env, env.BATCHDECK_SANDBOX_URL, keyring) : null;
}
