import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.mjs';
import { root, Stop, step } from './checkout.mjs';
import { findNode } from './find-node.mjs';
import { install } from './install.mjs';
import { forwardSignals, signalCode } from './run.mjs';

try {
  await step('Install', install);
  const node = findNode();
  await step('Build', () => build(node));
  process.stdout.write('· Start …\n');
  process.exitCode = await serve(node);
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Migrations run as the server boots; the server itself says when it is ready. */
function serve(node) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [join('lib', 'commands', 'serve.mjs')], { cwd: root, stdio: 'inherit' });
    forwardSignals(child);
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? signalCode(signal)));
  });
}
