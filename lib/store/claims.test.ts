import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { type ClaimLost, claimDue, releaseClaim, renewClaim, writeHeld } from './claims.ts';
import type { Db } from './engine.ts';
import { anotherReplica, openTestDb } from './test-db.ts';

let db: Db;
beforeEach(async () => {
  db = await openTestDb();
});

test('a due part goes to one holder', async () => {
  await insertPart('prt_1');
  const rounds = await Promise.all(Array.from({ length: 20 }, () => claimDue(db, 30_000, 5)));
  const only = { partId: 'prt_1', fence: 1, phase: 'queued', batchId: 'bat_1', connectionId: null };
  expect(rounds.flat()).toEqual([{ ...only, now: expect.any(Number) }]);
});

test('of many parts each goes to one of many holders', async () => {
  const replicas = await Promise.all([0, 1, 2].map(() => anotherReplica(db)));
  for (let n = 1; n <= 30; n++) await insertPart(`prt_${n}`, { n });
  const got = await Promise.all(
    replicas.flatMap((replica) =>
      Array.from({ length: 6 }, async () => {
        const mine = [];
        for (let turn = 0; turn < 5; turn++) mine.push(...(await claimDue(replica, 30_000, 2)));
        return mine;
      }),
    ),
  );
  expect(got.flat().map(({ fence }) => fence)).toEqual(Array.from({ length: 30 }, () => 1));
  expect(new Set(got.flat().map(({ partId }) => partId)).size).toBe(30);
});

test('a part that is not due, held or over is left alone', async () => {
  await insertPart('prt_later', { due_at: Date.now() + 60_000 });
  await insertPart('prt_held', { hold: 'budget', n: 2 });
  await insertPart('prt_over', { phase: 'completed', n: 3 });
  expect(await claimDue(db, 30_000, 5)).toEqual([]);
});

test('what waits for room or for its connection comes due too', async () => {
  await insertPart('prt_queue', { hold: 'queue' });
  await insertPart('prt_paused', { hold: 'connection', n: 2 });
  await insertPart('prt_later', { hold: 'queue', n: 3, due_at: Date.now() + 60_000 });
  const due = await claimDue(db, 30_000, 5);
  expect(due.map(({ partId }) => partId).sort()).toEqual(['prt_paused', 'prt_queue']);
});

test('a connection that is full is left out, whatever stands before the others', async () => {
  for (const [n, connection] of ['con_full', 'con_free'].entries()) {
    await insertBatch(`bat_${connection}`, connection);
    await insertPart(`prt_${connection}`, { batch_id: `bat_${connection}`, due_at: n });
  }
  expect(await claimDue(db, 30_000, 1, ['con_full', 'con_other'])).toMatchObject([
    { partId: 'prt_con_free', connectionId: 'con_free' },
  ]);
});

test('a lease that ended passes on, and the late holder writes nothing', async () => {
  await insertPart('prt_1');
  const [late] = await claimDue(db, -1, 1);
  const [next] = await claimDue(db, 30_000, 1);
  if (!late || !next) throw new Error('both should have been claimed');
  expect(next.fence).toBe(late.fence + 1);
  for (const write of [
    () => writeHeld(db, late, { phase: 'running' }),
    () => renewClaim(db, late, 30_000),
    () => releaseClaim(db, late, 0),
  ]) {
    await expect(write()).rejects.toThrow(expect.objectContaining({ name: 'ClaimLost' }) as ClaimLost);
  }
  await writeHeld(db, next, { phase: 'running' });
  expect(await db.selectFrom('parts').select('phase').executeTakeFirst()).toEqual({ phase: 'running' });
});

test('a released part comes back when its time has come', async () => {
  await insertPart('prt_1');
  const [claim] = await claimDue(db, 30_000, 1);
  if (!claim) throw new Error('should have been claimed');
  await releaseClaim(db, claim, 60_000);
  expect(await claimDue(db, 30_000, 1)).toEqual([]);
  const [again] = await db.selectFrom('parts').select('fence').execute();
  await releaseClaim(db, { partId: 'prt_1', fence: again?.fence ?? 0 }, 0);
  expect(await claimDue(db, 30_000, 1)).toHaveLength(1);
});

test('a renewal that comes after the release takes nothing back', async () => {
  await insertPart('prt_1');
  const [claim] = await claimDue(db, 30_000, 1);
  if (!claim) throw new Error('should have been claimed');
  await releaseClaim(db, claim, 0);
  await expect(renewClaim(db, claim, 30_000)).rejects.toMatchObject({ name: 'ClaimLost' });
  expect(await claimDue(db, 30_000, 1)).toHaveLength(1);
});

async function insertBatch(id: string, connection: string): Promise<void> {
  await sql`insert into batches (id, workspace, name, connection_id, file_id, preset, dialect, models, phase,
    counts_are, total, succeeded, failed, cancelled, expired, missing, tags, created_at) values (${id}, 'main', 'B',
    ${connection}, 'fil_1', 'sandbox', 'inline', '[]', 'running', 'live', 1, 0, 0, 0, 0, 0, '[]', 0)`.execute(
    db,
  );
}

async function insertPart(id: string, change: object = {}): Promise<void> {
  await db
    .insertInto('parts')
    .values({
      id,
      workspace: 'main',
      batch_id: 'bat_1',
      attempt: 1,
      n: 1,
      phase: 'queued',
      hold: null,
      attention: null,
      ends_as: null,
      first_ordinal: 1,
      last_ordinal: 1,
      provider_batch_id: null,
      raw_status: null,
      raw_answer: null,
      succeeded: 0,
      failed: 0,
      cancelled: 0,
      expired: 0,
      missing: 0,
      error: null,
      segments: '[]',
      cancel_asked_at: null,
      cancel_sent_at: null,
      fence: 0,
      lease_until: 0,
      due_at: 0,
      wait_ms: 0,
      failures: 0,
      tries: 0,
      checked_at: null,
      changed_at: 0,
      ...change,
    })
    .execute();
}
