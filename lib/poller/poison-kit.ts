import 'server-only';
import { contextFor } from '#lib/context';
import { openDeps } from '#lib/open-deps';
import { startPoller } from './poller.ts';

/** A worker that dies whenever it begins to collect the batch whose input holds the named key. */
const [poison] = process.argv.slice(2);
const deps = await openDeps(process.env);
const index: typeof deps.index = {
  ...deps.index,
  ask(name, order) {
    if (JSON.stringify(order).includes(poison ?? '-')) process.kill(process.pid, 'SIGKILL');
    return deps.index.ask(name, order);
  },
};
startPoller(contextFor({ ...deps, index }, { kind: 'system', name: 'clock' }));
