import 'server-only';
import { bootOrExit } from '#lib/boot-or-exit';
import { thisProcess } from '#lib/context';

const closeWithinMs = 2_000;

/** A worker: the clock and its verbs, without a web server. */
let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (!stopping) stop();
    stopping = true;
  });
}
await bootOrExit({ ...process.env, BATCHDECK_ROLE: 'worker' });
process.stdout.write('Batchdeck worker ready\n');

/** Nothing new is taken, what is under way may end, and the store is closed last. */
async function stop(): Promise<void> {
  const here = thisProcess();
  here.ready = false;
  await here.stopWork?.();
  const late = new Promise((resolve) => setTimeout(resolve, closeWithinMs));
  await Promise.race([here.closeStore?.(), late]);
  process.exit(0);
}
