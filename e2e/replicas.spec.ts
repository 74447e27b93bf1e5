import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Batch } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { apiOf, jsonl, lines } from './api.ts';
import { acceptedCreates, expect, test } from './fixtures.ts';
import { type Pair, startPair } from './pair.ts';
import { type Server, startServer } from './server.ts';

const slots = 8;
/** All that two workers can hold at once. */
const full = 2 * slots;

let pair: Pair;
let db: pg.Client;
/** Two web processes, of which the first owns the sandbox, and two workers. */
let owner: Server;
let web: Server;
let workers: Server[];
const acknowledged: string[] = [];

test.describe.configure({ mode: 'serial', timeout: 120_000 });

test.beforeAll(async () => {
  pair = await startPair();
  db = new pg.Client({ connectionString: pair.databaseUrl });
  await db.connect();
  const env = { ...pair.env, BATCHDECK_POLL_SECONDS: '0.1-0.3' };
  owner = await startServer({ env: { ...env, BATCHDECK_ROLE: 'web', BATCHDECK_SANDBOX: '1' } });
  const others = { ...env, BATCHDECK_SANDBOX_URL: owner.url };
  const worker = () => startServer({ provision: null, env: { ...others, BATCHDECK_ROLE: 'worker' } });
  [web, ...workers] = (await Promise.all([
    startServer({ env: { ...others, BATCHDECK_ROLE: 'web' } }),
    worker(),
    worker(),
  ])) as [Server, Server, Server];
});
test.afterAll(async () => {
  for (const server of [owner, web, ...workers]) await server?.clear();
  await db?.end();
  await pair?.stop();
});

test('fifty submits with one key over two web processes are one batch, and the answers are the same bytes', async () => {
  const { id: fileId } = await apiOf(owner).upload(jsonl(lines(20)));
  const submit = (n: number, name = 'Once') =>
    apiOf(n % 2 === 0 ? owner : web).call(
      'POST',
      '/api/batches',
      JSON.stringify({ fileId, connection: 'Sandbox', name }),
      { 'content-type': 'application/json', 'idempotency-key': 'one' },
    );
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => submit(n)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  const bodies = new Set(await Promise.all(answers.map((answer) => answer.text())));
  expect(bodies.size).toBe(1);
  const { id } = JSON.parse([...bodies][0] ?? '') as Batch;
  acknowledged.push(id);
  expect((await submit(1, 'Another')).status).toBe(409);
  await apiOf(web).over(id);
  expect(new Set([await (await submit(0)).text()])).toEqual(bodies);
  expect((await apiOf(web).batches()).map((batch) => batch.id)).toEqual([id]);
  expect(acceptedCreates(owner)).toHaveLength(1);
});

test('two workers share the work, and what a killed one held is taken up within 10 s', async () => {
  const held = await orderUntilFull();
  await workers[0]?.end('SIGKILL');
  const killed = Date.now();
  owner.signal('SIGCONT');
  await expect.poll(async () => stillHeld(held), { timeout: 30_000, intervals: [50] }).toEqual([]);
  expect(Date.now() - killed).toBeLessThan(10_000);
  await workers[0]?.start();
  await everyEnd();
});

test('a worker that stood still past its lease changes nothing when it wakes', async () => {
  const [sleeper] = workers as [Server];
  const held = await orderUntilFull();
  sleeper.signal('SIGSTOP');
  owner.signal('SIGCONT');
  await expect.poll(async () => stillHeld(held), { timeout: 30_000, intervals: [100] }).toEqual([]);
  const over = (await everyEnd()).flatMap(({ id, phase }) => (isOver(phase) ? [id] : []));
  const before = await rowsOf(over);
  sleeper.signal('SIGCONT');
  await expect.poll(() => sleeper.log).toContain('passed to another holder');
  await sleep(1_000);
  const after = await rowsOf(over);
  expect(after.filter((row) => !before.includes(row))).toEqual([]);
  expect(after).toHaveLength(before.length);
});

test('whichever web process is killed, the other serves every acknowledged batch', async () => {
  for (const [killed, other] of [
    [web, owner],
    [owner, web],
  ] as const) {
    await order(other, 2);
    await killed.end('SIGKILL');
    const listed = (await apiOf(other).batches()).map(({ id }) => id);
    expect(listed.sort()).toEqual([...acknowledged].sort());
    expect(await outputOf(other, acknowledged[0] ?? '')).toHaveLength(20);
    await killed.start();
    await everyEnd();
  }
});

test('each line was sent once, and what is shown is what the provider wrote', async () => {
  const nonces = acceptedCreates(owner).map(({ nonce }) => nonce);
  expect(nonces).not.toContain(null);
  expect(new Set(nonces).size).toBe(nonces.length);
  // A call that stood still on its way and arrived late is found by looking, as long as nobody has sent it again.
  const ended = async () => (await everyEnd()).filter(({ phase }) => phase === 'completed');
  await expect.poll(async () => (await ended()).length).toBe(nonces.length);
  for (const { id, parts } of await ended()) {
    const provided = await apiOf(owner).call('GET', `/sandbox/v1/batches/${parts[0]?.providerBatchId}`);
    expect(await outputOf(web, id)).toEqual(sorted(await provided.text()));
  }
});

test('told to stop, all of them end what they do within 30 s and exit with 0', async () => {
  await order(web, 4);
  const began = Date.now();
  const exits = await Promise.all([owner, web, ...workers].map((server) => server.end('SIGTERM')));
  expect(exits).toEqual([0, 0, 0, 0]);
  expect(Date.now() - began).toBeLessThan(30_000);
  const { rows } = await db.query('select id from parts where lease_until > 0');
  expect(rows).toEqual([]);
});

async function order(server: Server, count: number): Promise<void> {
  const api = apiOf(server);
  const { id: fileId } = await api.upload(jsonl(lines(20)));
  for (let n = 0; n < count; n++) {
    const batch = { fileId, connection: 'Sandbox', name: `Batch ${acknowledged.length}` };
    acknowledged.push((await api.send<Batch>('POST', '/api/batches', batch)).id);
  }
}

type Held = { id: string; fence: number };

/** While the provider stands still both workers take what they can: neither could hold so much alone. */
async function orderUntilFull(): Promise<Held[]> {
  owner.signal('SIGSTOP');
  await order(web, full);
  const holding = async () => {
    const { rows } = await db.query<Held>('select id, fence::int from parts where lease_until > 0');
    return rows;
  };
  await expect.poll(async () => (await holding()).length, { timeout: 20_000, intervals: [50] }).toBe(full);
  return holding();
}

/** Parts that nobody has taken up since. */
async function stillHeld(held: Held[]): Promise<string[]> {
  const { rows } = await db.query<Held>('select id, fence::int from parts');
  const now = new Map(rows.map(({ id, fence }) => [id, fence]));
  return held.filter(({ id, fence }) => now.get(id) === fence).map(({ id }) => id);
}

/** Over with every line, or the call left, nothing shows that it arrived, and a person is asked. */
async function everyEnd(): Promise<Batch[]> {
  const settled = ({ phase, attention }: Batch) => isOver(phase) || attention === 'needs_decision';
  const ends = [];
  for (const id of acknowledged) ends.push(await apiOf(web).until(id, settled, 60_000));
  for (const batch of ends.filter(({ phase }) => isOver(phase)))
    expect(batch).toMatchObject({ phase: 'completed', counts: { total: 20, succeeded: 20 } });
  return ends;
}

/** Every row about batches that are over. */
async function rowsOf(ids: string[]): Promise<string[]> {
  const asked = [
    'select * from batches where id = any($1)',
    'select * from parts where batch_id = any($1)',
    'select * from events where subject = any($1)',
  ];
  const rows: string[] = [];
  for (const text of asked)
    rows.push(...(await db.query(text, [ids])).rows.map((row) => JSON.stringify(row)));
  return rows.sort();
}

async function outputOf(server: Server, id: string): Promise<string[]> {
  const answer = await apiOf(server).call('GET', `/api/batches/${id}/exports/output.jsonl`);
  expect(answer.status).toBe(200);
  return sorted(await answer.text());
}

function sorted(text: string): string[] {
  return text.split('\n').filter(Boolean).sort();
}
