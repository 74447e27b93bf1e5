import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, Stop } from './checkout.mjs';

const least = 24;

/** The Node that came with the packages; where there is none for this machine, the one we run on if it is new enough. */
export function findNode() {
  const packaged = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  for (const path of [packaged, process.execPath]) {
    if (majorOf(path) >= least) return path;
  }
  const machine = `${process.platform} on ${process.arch}`;
  throw new Stop(
    `There is no packaged Node for ${machine}, and this is Node ${process.versions.node}: install Node ${least} or later and run this again.`,
  );
}

function majorOf(path) {
  const shell = path.endsWith('.cmd');
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', shell });
  return status === 0 ? Number(/^v(\d+)/.exec(stdout)?.[1] ?? 0) : 0;
}
