import { build } from './build.mjs';
import { Stop, step } from './checkout.mjs';
import { showDemo } from './demo-show.mjs';
import { findNode } from './find-node.mjs';
import { install } from './install.mjs';

try {
  await step('Install', install);
  const node = findNode();
  await step('Build', () => build(node));
  process.stdout.write('· Start …\n');
  process.exitCode = await showDemo(node);
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
