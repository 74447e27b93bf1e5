import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, Stop } from './checkout.mjs';
import { run } from './run.mjs';

const sources = ['app', 'components', 'lib', 'instrumentation.ts', 'proxy.ts', 'next.config.mjs'];
const settings = [
  'package.json',
  'package-lock.json',
  'postcss.config.mjs',
  'tailwind.config.ts',
  'tsconfig.json',
];
const stamp = join(root, '.next', 'built-from');

/** Builds the app unless the last build was made of the same sources. Answers how it went. */
export async function build(node) {
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return 'unchanged since the last build,';
  rmSync(stamp, { force: true });
  const next = join('node_modules', 'next', 'dist', 'bin', 'next');
  const done = await run(node, [next, 'build'], {
    quiet: true,
    env: { NODE_ENV: 'production', BATCHDECK_BUILD_ID: now.slice(0, 16) },
  });
  if (!done.ok) {
    process.stderr.write(done.output);
    throw new Stop('The build failed; what it said stands above.');
  }
  writeFileSync(stamp, now);
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const name of [...sources, ...settings]) add(hash, name);
  return hash.digest('hex');
}

function add(hash, name) {
  const path = join(root, name);
  if (!existsSync(path) || /\.test\.tsx?$/.test(name)) return;
  const entries = listOf(path);
  if (entries) for (const entry of entries) add(hash, `${name}/${entry}`);
  else hash.update(`${name}\0`).update(readFileSync(path)).update('\0');
}

function listOf(path) {
  try {
    return readdirSync(path).sort();
  } catch {
    return null;
  }
}
