import 'server-only';
import type { Blobs } from './blobs/blobs.ts';
import type { Clock } from './clock.ts';
import type { Env } from './env.ts';
import type { Log } from './log.ts';
import type { Role } from './model/role.ts';
import type { Outbound } from './outbound/outbound.ts';
import type { IndexPool } from './results/index-pool.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import type { Keyring } from './secrets/keyring.ts';
import type { Db } from './store/engine.ts';

/** What a verb works with. Tests build their own; the running process has one, made by boot. */
export type Deps = {
  env: Env;
  db: Db;
  blobs: Blobs;
  keyring: Keyring;
  outbound: Outbound;
  /** Null where this process offers no built-in provider. */
  sandbox: Sandbox | null;
  index: IndexPool;
  clock: Clock;
  log: Log;
  /** Tells the poller that there is work now. */
  wake: () => void;
};

/** Who asks. Decided once, at the door. */
export type Actor =
  | { kind: 'user'; userId: string; name: string; role: Role; sessionHash: string }
  | { kind: 'token'; userId: string; name: string; role: Role; tokenId: string; connectionId: string | null }
  | { kind: 'system'; name: 'clock' | 'provisioning' | 'setup' }
  | { kind: 'anyone' };

export type Context = Deps & { workspace: string; actor: Actor };

/** One workspace per install; every table has the column, so that projects can come without moving walls. */
export const workspace = 'main';

export function contextFor(deps: Deps, actor: Actor): Context {
  return { ...deps, workspace, actor };
}

type Process = {
  deps: Deps | null;
  /** False before boot is done and again once SIGTERM has come. */
  ready: boolean;
  /** Whether the clock of this process runs; null where the role has none. */
  clockAlive: (() => boolean) | null;
  wakeClock: (() => void) | null;
  /** One boot, however often it is asked for. */
  booting: Promise<void> | null;
  /** The two halves of a clean stop: no new work of our own; then, when the last answer is out, the store. */
  stopWork: (() => Promise<void>) | null;
  closeStore: (() => Promise<void>) | null;
};

const slot = Symbol.for('batchdeck');

/** Next gives instrumentation, routes and pages each their own copy of a module: what the process has once hangs here. */
export function thisProcess(): Process {
  const home = globalThis as { [slot]?: Process };
  home[slot] ??= {
    deps: null,
    ready: false,
    clockAlive: null,
    wakeClock: null,
    booting: null,
    stopWork: null,
    closeStore: null,
  };
  return home[slot];
}

export function deps(): Deps {
  const found = thisProcess().deps;
  if (!found) throw new Error('Asked for the process context before boot was done.');
  return found;
}
