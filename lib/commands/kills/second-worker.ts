import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { systemClock } from '#lib/clock';
import { createLog } from '#lib/log';
import { openSandbox } from '#lib/sandbox/open-sandbox';
import { overHttp } from '#lib/sandbox/over-http-kit';

export type SecondWorker = {
  /** What the walk is told, so that it does not work on parts itself and reaches the provider where this one does. */
  env: Record<string, string>;
  stop: () => Promise<void>;
};

type Where = { home: string; data: string; tree: string; env: NodeJS.ProcessEnv };

/** Another worker on the same database and bucket, with nothing of the first one's folder; the provider has outlived the kill. */
export async function startSecondWorker({ home, data, tree, env }: Where): Promise<SecondWorker> {
  const dir = path.join(data, 'sandbox');
  const sandbox = await openSandbox({ dir, clock: systemClock, log: createLog('error', () => {}) });
  const { server, url } = await overHttp(sandbox);
  const elsewhere = { BATCHDECK_SANDBOX: '0', BATCHDECK_SANDBOX_URL: url };
  const folder = path.join(home, 'second');
  mkdirSync(folder);
  const worker = spawn(process.execPath, ['--conditions=react-server', 'lib/poller/main.ts'], {
    cwd: tree,
    env: { ...env, ...elsewhere, FP: '', BATCHDECK_DATA_DIR: folder },
    stdio: 'ignore',
  });
  return {
    env: { ...elsewhere, BATCHDECK_ROLE: 'web' },
    async stop() {
      await end(worker);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function end(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = once(worker, 'exit');
  worker.kill('SIGKILL');
  await gone;
}
