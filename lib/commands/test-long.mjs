import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { startS3 } from '#lib/blobs/s3-kit';
import { openPostgres } from '#lib/store/engine';
import { freeLeases } from '#lib/store/free-leases';
import { killAt } from './kill-at.ts';
import { killBroken, variants } from './kill-variants.ts';
import { startPostgres } from './postgres-server.mjs';
import { run } from './run.mjs';

const atOnce = 2;
const began = performance.now();
let failed = 0;

const [only] = process.argv.slice(2);
if (only === undefined || only === 'files') await madeUpFiles(10_000);
if (only !== 'shared' && only !== 'files') await countUp('SQLite and disk', async () => ({}));
if (only !== 'single' && only !== 'files') await countUpShared();
if (only !== 'files') await showThatItMatters();
const seconds = Math.round((performance.now() - began) / 1000);
console.log(`\n${failed === 0 ? 'Clean' : `${failed} failed`} in ${seconds} s`);
process.exit(failed === 0 ? 0 : 1);

/** The same test as in the short run, on so many files. */
async function madeUpFiles(count) {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'sqlite'];
  const args = [...vitest, 'lib/jsonl/validate.oracle.test.ts'];
  const { ok } = await run(process.execPath, args, { env: { ORACLE_FILES: String(count) } });
  if (!ok) failed += 1;
  say(ok ? 'agreed' : 'DISAGREED', `${count} made-up files`);
}

/** Kills at the first point, the second, the third, until a walk ends before its point comes. */
async function countUp(ground, fresh) {
  console.log(`\n${ground}`);
  let ended = false;
  let next = 1;
  const one = async () => {
    while (!ended) {
      const k = next++;
      const { killedAt, wrong } = await killAt(`*:${k}`, { withinMs: 60_000, ...(await fresh()) });
      if (killedAt === null) ended = true;
      if (wrong.length > 0) failed += 1;
      say(`k = ${k}`, [killedAt ?? 'ended by itself', ...wrong].join('; '));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

async function countUpShared() {
  const [postgres, s3] = await Promise.all([startPostgres({ durable: true }), startS3()]);
  const keys = `k1:${randomBytes(32).toString('base64')}`;
  await countUp('Postgres and S3', async () => {
    const schema = `w_${randomBytes(8).toString('hex')}`;
    const url = await freshSchema(postgres.url, schema);
    const env = {
      DATABASE_URL: url,
      BLOB_URL: s3.url.replace('/some/prefix', `/${schema}`),
      BATCHDECK_KEYS: keys,
      BATCHDECK_SANDBOX: '1',
    };
    return { env, meanwhile: () => withDb(url, freeLeases) };
  });
  await Promise.all([postgres.stop(), s3.close()]);
}

async function freshSchema(base, schema) {
  await withDb(base, (db) => sql.raw(`create schema ${schema}`).execute(db));
  const url = new URL(base);
  url.searchParams.set('options', `-c search_path=${schema}`);
  return url.href;
}

async function withDb(url, work) {
  const db = openPostgres(url);
  await work(db).finally(() => db.destroy());
}

async function showThatItMatters() {
  console.log('\nBroken on purpose');
  for (const variant of variants) {
    const { killedAt, wrong } = await killBroken(variant);
    if (wrong.length === 0) failed += 1;
    say(
      wrong.length > 0 ? 'found out' : 'NOT FOUND OUT',
      `${variant.name} (${killedAt}): ${wrong.join('; ')}`,
    );
  }
}

function say(head, words) {
  console.log(`${head.padEnd(14)} ${words}`);
}
