import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';
import { root, Stop } from './checkout.mjs';
import { run } from './run.mjs';

/** Brings node_modules to exactly what the lock file says. Answers how it went. */
export async function install() {
  if (isInstalled()) return 'already as the lock file says,';
  const npm = findNpm();
  const done = await run(npm.command, [...npm.args, 'ci', ...flags], { quiet: true, env: npm.env });
  if (done.ok) return `${Object.keys(packagesOf('node_modules/.package-lock.json')).length} packages`;
  throw new Stop(whyItFailed(done.output));
}

// An outer NODE_ENV=production must not leave out what the build needs.
const flags = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];

/** npm writes its own record last, so a record that fits the lock file means a finished install. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  const needed = Object.entries(wanted).filter(([path, entry]) => path !== '' && !entry.optional);
  return (
    needed.every(([path]) => path in present) &&
    Object.entries(present).every(([path, entry]) => wanted[path]?.integrity === entry.integrity)
  );
}

function packagesOf(file) {
  const path = join(root, file);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')).packages ?? {}) : {};
}

/** npm's own Node, never the one in node_modules: that folder goes away during the install. */
function findNpm() {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes(`${sep}node_modules${sep}`))
    .join(delimiter);
  const env = { PATH: path, npm_config_loglevel: 'error' };
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  if (script?.endsWith('.js') && node && existsSync(node)) return { command: node, args: [script], env };
  const name = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  if (path.split(delimiter).some((folder) => existsSync(join(folder, name)))) {
    return { command: name, args: [], env };
  }
  throw new Stop('npm was not found. Install Node 20 or later together with npm, then run this again.');
}

function whyItFailed(output) {
  const code = /npm error code (\w+)/i.exec(output)?.[1] ?? '';
  if (/^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT)$/.test(code)) {
    return `The package registry could not be reached (${code}). Check the network and run this again.`;
  }
  if (code === 'ENOSPC') return 'The disk is full (ENOSPC): the packages need about 1 GB.';
  const line = output.split('\n').find((text) => /^npm error (?!code)/i.test(text)) ?? output.trim();
  return `npm ci failed${code ? ` (${code})` : ''}: ${line.replace(/^npm error /i, '').slice(0, 300)}`;
}
