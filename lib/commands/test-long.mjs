import { startS3 } from '#lib/blobs/s3-kit';
import { build } from './build.mjs';
import { countUp, showThatItMatters } from './kills/count-up.ts';
import { shared, single } from './kills/grounds.ts';
import { killAt } from './kills/kill-at.ts';
import { variants } from './kills/variants.ts';
import { ways } from './kills/ways.ts';
import { startPostgres } from './postgres-server.mjs';
import { countPolls } from './proofs/count-polls.ts';
import { findOutBroken } from './proofs/find-out.ts';
import { run } from './run.mjs';

/** `npm run test:long`, or a part of it: `-- files`, `-- journeys`, `-- single`, `-- shared`, `-- broken`, `-- proofs`, `-- polls`, and a dialect after it. */
const [part, only] = process.argv.slice(2);
const began = performance.now();
const [postgres, s3] = await Promise.all([startPostgres({ durable: true }), startS3()]);
const both = shared(postgres.url, s3);
let failed = 0;

try {
  if (part === undefined || part === 'files') await madeUpFiles(10_000);
  if (part === undefined || part === 'journeys') await largeJourneys();
  for (const way of Object.keys(ways).filter((name) => only === undefined || only === name)) {
    if (part === undefined || part === 'single') await walkSingle(way);
    if (part === undefined || part === 'shared') await walkShared(way);
  }
  if (part === undefined || part === 'broken') {
    console.log('\nBroken on purpose');
    const chosen = variants.filter(({ name }) => name.includes(only ?? ''));
    failed += await showThatItMatters(chosen, both, say);
  }
  if (part === undefined || part === 'proofs') {
    console.log('\nThe tests of what is broken on purpose');
    failed += await findOutBroken(say, only);
  }
  if (part === undefined || part === 'polls') {
    console.log('\nWhat is asked of a provider');
    process.env.BATCHDECK_TEST_POSTGRES = postgres.url;
    failed += await countPolls(say);
  }
} finally {
  await Promise.all([postgres.stop(), s3.close()]);
}
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
console.log(`\n${failed === 0 ? 'Clean' : `${failed} failed`} in ${minutes} min`);
process.exit(failed === 0 ? 0 : 1);

/** The same test as in the short run, on so many files. */
async function madeUpFiles(count) {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'sqlite'];
  const args = [...vitest, 'lib/jsonl/validate.oracle.test.ts'];
  const { ok } = await run(process.execPath, args, { env: { ORACLE_FILES: String(count) } });
  if (!ok) failed += 1;
  say(ok ? 'agreed' : 'DISAGREED', `${count} made-up files`);
}

/** In a browser, on a batch of a hundred thousand. */
async function largeJourneys() {
  await build(process.execPath);
  const args = ['node_modules/playwright/cli.js', 'test', '-c', 'e2e/playwright.config.ts'];
  const { ok } = await run(process.execPath, args, { env: { E2E_LONG: '1' } });
  if (!ok) failed += 1;
  say(ok ? 'walked' : 'BROKE OFF', 'a batch of a hundred thousand in a browser');
}

/** A power cut loses more than a kill, and a kill leaves more than a power cut. */
async function walkSingle(way) {
  await up('killed at each point', '*', { ground: single, way });
  await up('power cut at each point', '*', { ground: single, way, cut: true });
  await up('power cut before each change', 'step', { ground: single, way, cut: true });
  await up('retried, killed at each point', '*', { ground: single, way, retries: true });
}

async function walkShared(way) {
  await up('killed at each point, and another worker goes on', '*', { ground: both, way, handedOn: true });
  await up('killed before each change', 'step', { ground: both, way });
  const retried = { ground: both, way, retries: true, handedOn: true };
  await up('retried, killed at each point, and another worker goes on', '*', retried);
  console.log(`\n${both.name}, ${way}: killed in the middle of an upload in parts`);
  for (const at of ['part-sent:1', 'part-sent:2']) {
    const { killedAt, wrong } = await killAt(at, { ground: both, way, big: true, withinMs: 60_000 });
    if (wrong.length > 0 || killedAt === null) failed += 1;
    say(at, [killedAt ?? 'not reached', ...wrong].join('; '));
  }
}

async function up(how, kind, options) {
  console.log(`\n${options.ground.name}, ${options.way}: ${how}`);
  failed += await countUp(kind, options, say);
}

function say(head, words) {
  console.log(`${head.padEnd(14)} ${words}`);
}
