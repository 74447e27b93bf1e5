import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { insertParts } from '#lib/batches/insert-parts';
import { claimDue, releaseClaim } from '#lib/store/claims';
import { openPostgres } from '#lib/store/engine';
import { migrate } from '#lib/store/migrate';
import { startPostgres } from './postgres-server.mjs';

/** How many parts a second three workers claim and give back, on a Postgres that keeps what it commits. */
const workers = 3;
const parts = 1_000;
const seconds = 10;

const given = process.env.TEST_DATABASE_URL;
const server = given === undefined ? await startPostgres({ durable: true }) : null;
const place = new URL(server?.url ?? given ?? '');
const schema = `bench_${randomUUID().slice(0, 8)}`;
place.searchParams.set('options', `-c search_path=${schema}`);
const db = openPostgres(place.href);
try {
  await sql.raw(`create schema ${schema}`).execute(db);
  await migrate(db);
  await fill(db);
  for (const slots of [1, 8]) {
    const before = await walBytes(db);
    const claims = await race(slots);
    const wal = (await walBytes(db)) - before;
    const each = Math.round(wal / claims);
    console.log(
      `${workers} workers, ${slots} at a time: ${Math.round(claims / seconds)} claims/s, each given back; ${each} B of WAL each`,
    );
  }
} finally {
  await sql.raw(`drop schema ${schema} cascade`).execute(db);
  await db.destroy();
  await server?.stop();
}

async function race(slots) {
  const end = performance.now() + seconds * 1_000;
  const replicas = Array.from({ length: workers }, () => openPostgres(place.href));
  const done = await Promise.all(replicas.map((replica) => work(replica, slots, end)));
  await Promise.all(replicas.map((replica) => replica.destroy()));
  return done.reduce((sum, claims) => sum + claims, 0);
}

async function work(replica, slots, end) {
  let claims = 0;
  while (performance.now() < end) {
    const due = await claimDue(replica, 30_000, slots);
    await Promise.all(due.map((claim) => releaseClaim(replica, claim, 0)));
    claims += due.length;
  }
  return claims;
}

async function walBytes(store) {
  const { rows } = await sql`select pg_current_wal_lsn() - '0/0'::pg_lsn as n`.execute(store);
  return rows[0]?.n ?? 0;
}

/** All of one batch: a claim looks at nothing but the part. */
async function fill(store) {
  const planned = Array.from({ length: parts }, (_, n) => ({
    first: n + 1,
    last: n + 1,
    firstByte: null,
    lastByte: null,
  }));
  await insertParts(store, { batchId: 'bat_bench', attempt: 1, now: 0 }, planned);
}
