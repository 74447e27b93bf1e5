import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { root, Stop, step } from './checkout.mjs';
import { findNode } from './find-node.mjs';
import { install } from './install.mjs';
import { run } from './run.mjs';

const artifacts = join('e2e', '.artifacts');
const total = { passed: 0, failed: 0, skipped: 0 };

try {
  await step('Install', install);
  const node = findNode();
  mkdirSync(join(root, artifacts), { recursive: true });
  await step('Format, lint and import zones', () => check(node, 'biome', ['check', '--error-on-warnings']));
  await step('Types', async () => {
    // Route types come from Next; without them a fresh clone has no next-env.d.ts.
    await run(node, [bin('next'), 'typegen'], { quiet: true });
    return check(node, 'tsc', ['--noEmit']);
  });
  await step('Dead exports', () => check(node, 'knip', ['--no-progress']));
  // The build fills what units leave free while they wait.
  const [built] = await Promise.all([
    builds(node),
    step('Units and verbs', () => suite(node, 'vitest', vitestArgs, fromVitest)),
  ]);
  if (built) await step('Journeys', () => suite(node, 'playwright', playwrightArgs, fromPlaywright));
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  process.stderr.write(`${error.message}\n`);
  total.failed += 1;
}

const skipsFail = process.env.CI === 'true' || process.env.CI === '1';
if (skipsFail && total.skipped > 0) process.stdout.write('A skipped test counts as a failure here.\n');
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${skipped}\n`);
process.exitCode = total.failed > 0 || total.passed === 0 || (skipsFail && total.skipped > 0) ? 1 : 0;

async function builds(node) {
  let ok = true;
  await step('Build', () =>
    build(node).catch((error) => {
      process.stderr.write(`${error.message}\n`);
      ok = false;
    }),
  );
  return count(ok);
}

async function check(node, tool, args) {
  const done = await run(node, [bin(tool), ...args], { quiet: true });
  if (!done.ok) process.stdout.write(done.output);
  return count(done.ok) ? 'clean' : 'not clean,';
}

/** Runs a suite that leaves a JSON report, and adds what it counted. A suite that broke off counts as a failure. */
async function suite(node, tool, args, read) {
  const report = join(root, artifacts, `${tool}.json`);
  rmSync(report, { force: true });
  // Hundreds of processes read the same modules: what one has compiled the next finds ready.
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report, NODE_COMPILE_CACHE: join(root, artifacts, 'compiled') };
  const done = await run(node, [bin(tool), ...args(report)], { env });
  const counted = existsSync(report)
    ? read(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0, skipped: 0 };
  if (!done.ok && counted.failed === 0) counted.failed = 1;
  for (const key of Object.keys(total)) total[key] += counted[key];
  return `${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped`;
}

function count(ok) {
  if (ok) total.passed += 1;
  else total.failed += 1;
  return ok;
}

function vitestArgs(report) {
  return ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
}

function fromVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) {
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

function playwrightArgs() {
  return ['test', '-c', join('e2e', 'playwright.config.ts'), '--reporter=list,json'];
}

function fromPlaywright({ stats }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

/** The script behind a name in node_modules/.bin, to be run by our own Node. */
function bin(tool) {
  const { bin: names } = JSON.parse(
    readFileSync(join(root, 'node_modules', packageOf(tool), 'package.json'), 'utf8'),
  );
  return join('node_modules', packageOf(tool), typeof names === 'string' ? names : names[tool]);
}

function packageOf(tool) {
  return { biome: '@biomejs/biome', tsc: 'typescript' }[tool] ?? tool;
}
