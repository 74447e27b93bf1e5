import 'server-only';
import path from 'node:path';
import { cookieWarning } from './auth/cookie.ts';
import { openBlobs } from './blobs/open-blobs.ts';
import { systemClock } from './clock.ts';
import { ensureSandboxConnection } from './connections/ensure-sandbox.ts';
import { type Context, contextFor, type Deps, thisProcess } from './context.ts';
import { readEnv } from './env.ts';
import { createLog } from './log.ts';
import { renewSetupLink } from './members/renew-setup-link.ts';
import { createOutbound } from './outbound/create-outbound.ts';
import { startPoller } from './poller/poller.ts';
import { provision } from './provisioning/provision.ts';
import { clearDrafts } from './results/drafts.ts';
import { openIndexPool } from './results/index-pool.ts';
import { openSandbox } from './sandbox/open-sandbox.ts';
import { demandSoundKeys } from './secrets/master-keys.ts';
import { openKeyring } from './secrets/open-keyring.ts';
import { openStore } from './store/open-store.ts';

type Given = Record<string, string | undefined>;
type Say = (line: string) => void;

/** Once a process, whoever asks: env → lock → migrate → keyring → provision → set-up link → clock. */
export function boot(given: Given = process.env, say: Say = sayAloud): Promise<void> {
  const here = thisProcess();
  here.booting ??= start(given, say);
  return here.booting;
}

async function start(given: Given, say: Say): Promise<void> {
  const here = thisProcess();
  const deps = await openDeps(given);
  here.deps = deps;
  const provisioning = contextFor(deps, { kind: 'system', name: 'provisioning' });
  if (deps.sandbox) await ensureSandboxConnection(provisioning);
  const file = deps.env.BATCHDECK_PROVISION;
  if (file) await provision(provisioning, file);
  await announceSetup(contextFor(deps, { kind: 'system', name: 'setup' }), say);
  startClock(deps);
  here.ready = true;
}

function startClock(deps: Deps): void {
  const here = thisProcess();
  const poller = startPoller(contextFor(deps, { kind: 'system', name: 'clock' }));
  here.wakeClock = poller.wake;
  here.clockAlive = poller.alive;
  here.stopWork = poller.stop;
}

async function openDeps(given: Given): Promise<Deps> {
  const env = readEnv(given);
  demandSoundKeys(env);
  const outbound = createOutbound(env);
  const log = createLog(env.LOG_LEVEL);
  const dir = env.BATCHDECK_DATA_DIR;
  const unguarded = cookieWarning(env);
  if (unguarded) log.warn(unguarded);
  const store = await openStore(env);
  const { db } = store;
  if (store.migrated.length > 0) log.info('The store was migrated', { steps: store.migrated });
  // What another process is writing is not ours to clear.
  if (!env.DATABASE_URL) await clearDrafts(dir);
  const index = openIndexPool();
  thisProcess().closeStore = async () => {
    await outbound.close();
    await index.close();
    await store.close();
  };
  return {
    env,
    db,
    keyring: await openKeyring({ env, db, log }),
    outbound,
    blobs: await openBlobs(env),
    sandbox: env.ownsSandbox
      ? await openSandbox({ dir: path.join(dir, 'sandbox'), clock: systemClock, log })
      : null,
    index,
    clock: systemClock,
    log,
    wake: () => thisProcess().wakeClock?.(),
  };
}

/** Said aloud rather than logged: the log masks such links. */
async function announceSetup(ctx: Context, say: Say): Promise<void> {
  const token = await renewSetupLink(ctx);
  if (token) say(`Set up the first account: ${ctx.env.appOrigin}/setup/${token}`);
}

function sayAloud(line: string): void {
  process.stdout.write(`${line}\n`);
}
