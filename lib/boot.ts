import 'server-only';
import { ensureSandboxConnection } from './connections/ensure-sandbox.ts';
import { type Context, contextFor, type Deps, thisProcess } from './context.ts';
import { renewSetupLink } from './members/renew-setup-link.ts';
import { openDeps } from './open-deps.ts';
import { startPoller } from './poller/poller.ts';
import { provision } from './provisioning/provision.ts';

type Given = Record<string, string | undefined>;
type Say = (line: string) => void;

/** Once a process, whoever asks: env → store → migrate → keyring → provision → set-up link → clock, by role. */
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
  const role = deps.env.BATCHDECK_ROLE;
  if (role !== 'worker') await announceSetup(contextFor(deps, { kind: 'system', name: 'setup' }), say);
  if (role !== 'web') startClock(deps);
  here.ready = true;
}

function startClock(deps: Deps): void {
  const here = thisProcess();
  const poller = startPoller(contextFor(deps, { kind: 'system', name: 'clock' }));
  here.wakeClock = poller.wake;
  here.clockAlive = poller.alive;
  here.stopWork = poller.stop;
}

/** Said aloud rather than logged: the log masks such links. */
async function announceSetup(ctx: Context, say: Say): Promise<void> {
  const token = await renewSetupLink(ctx);
  if (token) say(`Set up the first account: ${ctx.env.appOrigin}/setup/${token}`);
}

function sayAloud(line: string): void {
  process.stdout.write(`${line}\n`);
}
