import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBatch } from '#lib/batches/create-batch';
import { decideSubmission } from '#lib/batches/decide-submission';
import { getBatch } from '#lib/batches/get-batch';
import { passSettleTime } from '#lib/batches/settle-time-kit';
import { boot } from '#lib/boot';
import { ensureSandboxConnection } from '#lib/connections/ensure-sandbox';
import { thisProcess } from '#lib/context';
import { receiveFile } from '#lib/files/receive-file';
import { sweepBlobs } from '#lib/files/sweep-blobs';
import { readiness } from '#lib/http/readiness';
import type { Batch } from '#lib/model/batch';
import { exportResults } from '#lib/results/export-results';
import { namedResults } from '#lib/store/blob-keys';
import { type Ground, openGround, type Worker } from './replicas-kit.ts';

let ground: Ground;
let first: Worker;
let second: Worker;
let fileId: string;

beforeAll(async () => {
  ground = await openGround();
  await ensureSandboxConnection(ground.ctx);
  [first, second] = await Promise.all([ground.worker('first'), ground.worker('second')]);
  fileId = (await receiveFile(ground.ctx, upload())).id;
}, 90_000);
afterAll(() => ground.close());

test('two workers share the work, and each line is sent once', async () => {
  const ids = await order(30);
  for (const id of ids)
    expect(await over(id)).toMatchObject({ phase: 'completed', counts: { succeeded: 20 } });
  expect(ground.creates()).toHaveLength(30);
  expect(new Set(ground.creates().map(({ nonce }) => nonce)).size).toBe(30);
  for (const { door } of [first, second]) expect(door.asked.length).toBeGreaterThan(0);
}, 60_000);

test('a worker shows the provider the key of this install and tells nobody the set-up link', () => {
  for (const { door, log } of [first, second]) {
    expect(door.known).toBe(true);
    expect(log()).not.toMatch(/Set up|authorization|k1\./);
  }
});

test('a web process tells the set-up link, is ready and runs no clock', async () => {
  const said: string[] = [];
  const here = thisProcess();
  const dir = mkdtempSync(path.join(tmpdir(), 'batchdeck-web-'));
  await boot({ ...ground.given, BATCHDECK_ROLE: 'web', BATCHDECK_DATA_DIR: dir }, (line) => said.push(line));
  expect(said[0]).toContain('/setup/');
  expect(here).toMatchObject({ ready: true, clockAlive: null, stopWork: null, deps: { sandbox: null } });
  expect(await readiness()).toMatchObject({ ready: true, poller: true });
  await here.closeStore?.();
});

test('a worker that stood still past its lease changes nothing when it wakes', async () => {
  const created = ground.creates().length;
  first.door.hold = () => true;
  const ids = await orderOf(first, 6);
  first.signal('SIGSTOP');
  await sleep(8_000);
  const decided = await Promise.all(ids.map((id) => overOrDecided(id)));
  const before = await everything(ids);
  first.door.release();
  first.signal('SIGCONT');
  await until(() => first.log().includes('passed to another holder'));
  await sleep(1_500);
  expect(await everything(ids)).toEqual(before);
  const nonces = ground.creates().map(({ nonce }) => nonce);
  expect(new Set(nonces).size).toBe(nonces.length);
  expect(nonces.length - created).toBeLessThanOrEqual(6 + decided.filter((again) => again).length);
  for (const id of ids) expect(await outputOf(id)).toBe(20);
}, 90_000);

test('a worker that stands still before its call sends nothing when it wakes, for a person has sent again', async () => {
  const created = ground.creates().length;
  const third = await ground.worker('third', { FP: 'create-sent:1:SIGSTOP' });
  for (const other of [first, second]) other.signal('SIGSTOP');
  const ids = await order(1);
  await until(async () => (await intentsOf(ids)).includes('sent'));
  for (const other of [first, second]) other.signal('SIGCONT');
  expect(await Promise.all(ids.map(overOrDecided))).toEqual([true]);
  const before = await everything(ids);
  third.signal('SIGCONT');
  await until(() => third.log().includes('passed to another holder'));
  expect(await everything(ids)).toEqual(before);
  expect(await intentsOf(ids)).toEqual(['abandoned', 'bound']);
  expect(ground.creates()).toHaveLength(created + 1);
  third.signal('SIGKILL');
}, 90_000);

test('of two workers that collect the same results one is seen, and the late one leaves nothing', async () => {
  first.door.hold = (asked) => asked.startsWith('GET ');
  const ids = await orderOf(first, 4);
  first.signal('SIGSTOP');
  for (const id of ids)
    expect(await over(id)).toMatchObject({ phase: 'completed', counts: { succeeded: 20 } });
  const [before, bytes] = [await everything(ids), await bytesOf(ids)];
  const refusals = () => first.log().split('passed to another holder').length;
  const told = refusals();
  first.door.release();
  first.signal('SIGCONT');
  await until(() => refusals() >= told + ids.length);
  expect(await everything(ids)).toEqual(before);
  expect(await bytesOf(ids)).toEqual(bytes);
  await sweepBlobs({ ...ground.ctx, clock: () => Date.now() + 48 * 3_600_000 });
  expect(await blobsOf(ids)).toEqual(await namedBy(ids));
  expect(await bytesOf(ids)).toEqual(bytes);
}, 60_000);

test('what a killed worker held is taken up by the other within 10 s', async () => {
  first.door.hold = () => true;
  const ids = await orderOf(first, 6);
  const held = await fencesOf(ids);
  first.signal('SIGKILL');
  const killed = Date.now();
  await until(async () => (await fencesOf(ids)).every((fence, n) => fence > (held[n] ?? 0)));
  expect(Date.now() - killed).toBeLessThan(10_000);
  await Promise.all(ids.map(overOrDecided));
  for (const id of ids) expect(await outputOf(id)).toBe(20);
}, 60_000);

test('a worker that is told to stop ends what it does and exits with 0', async () => {
  const [id = ''] = await order(1);
  await until(async () => (await fencesOf([id])).some((fence) => fence > 0));
  const began = Date.now();
  second.signal('SIGTERM');
  expect(await second.exit).toBe(0);
  expect(Date.now() - began).toBeLessThan(30_000);
  const held = ground.ctx.db.selectFrom('parts').select('id').where('lease_until', '>', 0);
  expect(await held.execute()).toEqual([]);
  expect(await getBatch(ground.ctx, id)).toMatchObject({ id });
}, 60_000);

function upload() {
  const rows = Array.from({ length: 20 }, (_, i) => {
    const params = { model: 'sandbox/instant', max_tokens: 8, messages: [{ role: 'user', content: 'hi' }] };
    return `${JSON.stringify({ custom_id: `r${i}`, params })}\n`;
  });
  return { name: 'rows.jsonl', body: once(rows.join('')), contentLength: null, sha256: null };
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

function order(count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, n) => `Batch ${n}`);
  return Promise.all(
    names.map(async (name) => (await createBatch(ground.ctx, { fileId, connection: 'Sandbox', name })).id),
  );
}

/** The other one stands still until all of them are in the hands of this one. */
async function orderOf(worker: Worker, count: number): Promise<string[]> {
  const other = worker === first ? second : first;
  other.signal('SIGSTOP');
  const ids = await order(count);
  await until(async () => (await fencesOf(ids)).every((fence) => fence > 0));
  await until(async () => worker.door.waiting() >= count);
  other.signal('SIGCONT');
  return ids;
}

async function fencesOf(ids: string[]): Promise<number[]> {
  const parts = ground.ctx.db.selectFrom('parts').select('fence').where('batch_id', 'in', ids).orderBy('id');
  return (await parts.execute()).map(({ fence }) => fence);
}

async function intentsOf(ids: string[]): Promise<string[]> {
  const intents = ground.ctx.db
    .selectFrom('intents')
    .innerJoin('parts', 'parts.id', 'intents.part_id')
    .select('intents.state')
    .where('parts.batch_id', 'in', ids)
    .orderBy('intents.fence');
  return (await intents.execute()).map(({ state }) => state);
}

async function over(id: string): Promise<Batch> {
  for (const end = Date.now() + 40_000; Date.now() < end; await sleep(100)) {
    const batch = await getBatch(ground.ctx, id);
    if (batch.phase === 'completed' || batch.phase === 'failed') return batch;
  }
  return getBatch(ground.ctx, id);
}

/** A create call that nobody can find is decided by a person, who sends it again while the first still hangs. */
async function overOrDecided(id: string): Promise<boolean> {
  let decided = false;
  for (const end = Date.now() + 40_000; Date.now() < end; await sleep(100)) {
    const batch = await getBatch(ground.ctx, id);
    if (batch.phase === 'completed') return decided;
    if (batch.attention !== 'needs_decision') continue;
    await passSettleTime(ground.ctx.db);
    await decideSubmission(ground.ctx, id, { partId: batch.parts[0]?.id ?? '', action: 'resend' });
    decided = true;
  }
  throw new Error(`Batch ${id} came to no end.`);
}

/** All that a late holder could have changed; that its own call got through it may tell. */
async function everything(ids: string[]): Promise<string> {
  const { db } = ground.ctx;
  const rows = await Promise.all([
    db.selectFrom('batches').selectAll().where('id', 'in', ids).orderBy('id').execute(),
    db.selectFrom('parts').selectAll().where('batch_id', 'in', ids).orderBy('id').execute(),
    db
      .selectFrom('events')
      .selectAll()
      .where('subject', 'in', ids)
      .where('verb', '!=', 'batch.late_answer')
      .orderBy('seq')
      .execute(),
  ]);
  return JSON.stringify(rows);
}

async function outputOf(id: string): Promise<number> {
  const [text = ''] = await bytesOf([id]);
  return text.split('\n').filter(Boolean).length;
}

function bytesOf(ids: string[]): Promise<string[]> {
  return Promise.all(
    ids.map(async (id) => {
      const { body } = await exportResults(ground.ctx, id, 'output.jsonl');
      return Buffer.concat(await Array.fromAsync(body)).toString();
    }),
  );
}

async function blobsOf(ids: string[]): Promise<string[]> {
  const keys = await Array.fromAsync(ground.ctx.blobs.list('results/'), ({ key }) => key);
  return keys.filter((key) => ids.some((id) => key.includes(id))).sort();
}

/** Nobody asked for the fields of the answers, so there are none. */
async function namedBy(ids: string[]): Promise<string[]> {
  const { keys } = await namedResults(ground.ctx.db, ids);
  return [...keys].filter((key) => !key.includes('.fields-')).sort();
}

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await done()); await sleep(50)) {
    if (Date.now() > end) throw new Error(`It did not come to that: ${done}. ${first.log()}`);
  }
}
