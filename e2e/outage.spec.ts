import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, apiOf, jsonl, lines } from './api.ts';
import { acceptedCreates, expect, test } from './fixtures.ts';
import { type Pair, startPair } from './pair.ts';
import { httpRoadTo, type Road, roadTo } from './road.ts';
import { type Server, startServer } from './server.ts';

let pair: Pair;
let database: Road;
let bodies: Road;
let server: Server;
let api: Api;

test.describe.configure({ mode: 'serial', timeout: 120_000 });

test.beforeAll(async () => {
  pair = await startPair();
  const [store, blobs] = [new URL(pair.databaseUrl), new URL(pair.blobUrl)];
  const bucket = new URL(blobs.searchParams.get('endpoint') ?? '');
  database = await roadTo(Number(store.port));
  bodies = await httpRoadTo(Number(bucket.port));
  store.port = String(database.port);
  bucket.port = String(bodies.port);
  blobs.searchParams.set('endpoint', bucket.origin);
  const roads = { DATABASE_URL: store.href, BLOB_URL: blobs.href };
  server = await startServer({ env: { ...pair.env, ...roads, BATCHDECK_SANDBOX: '1' } });
  api = apiOf(server);
});
test.afterAll(async () => {
  await server?.clear();
  for (const road of [database, bodies]) road?.close();
  await pair?.stop();
});

test('while the database is away it lives and is not ready, and goes on where it stood', async () => {
  await away(database, 'refused', async () => {
    const answer = await api.call('GET', '/api/batches');
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toMatch(/postgres|node_modules|\.ts:/);
  });
});

test('while the way to the database is silent it lives and is not ready, and goes on', async () => {
  await away(database, 'silent', async () => {});
});

test('while the bucket answers 503 it lives and is not ready, keeps no half upload, and goes on', async () => {
  const before = (await api.get<{ items: unknown[] }>('/api/files')).items.length;
  await away(bodies, 'busy', async () => {
    const answer = await api.call('POST', '/api/files?name=a.jsonl', jsonl(lines(10)));
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect((await api.get<{ items: unknown[] }>('/api/files')).items).toHaveLength(before + 1);
  });
  expect((await api.get<{ items: unknown[] }>('/api/files')).items).toHaveLength(before + 1);
});

test('through all of it nothing was sent twice', () => {
  const nonces = acceptedCreates(server).map(({ nonce }) => nonce);
  expect(nonces).toHaveLength(6);
  expect(new Set(nonces).size).toBe(6);
});

/** Batches are under way when the road is cut, and end by themselves when it is open again. */
async function away(road: Road, state: Road['state'], meanwhile: () => Promise<void>): Promise<void> {
  const { id: fileId } = await api.upload(jsonl(lines(20, 'sandbox/echo')));
  const ids: string[] = [];
  for (const name of ['One', 'Two'])
    ids.push(
      (await api.send<{ id: string }>('POST', '/api/batches', { fileId, connection: 'Sandbox', name })).id,
    );
  for (const id of ids) await api.until(id, ({ phase }) => phase !== 'queued' && phase !== 'submitting');
  road.state = state;
  await expect.poll(ready, { timeout: 30_000 }).toBe(503);
  expect((await api.call('GET', '/api/health')).status).toBe(200);
  await meanwhile();
  await sleep(3_000);
  expect(await ready()).toBe(503);
  road.state = 'open';
  await expect.poll(ready, { timeout: 30_000 }).toBe(200);
  for (const id of ids)
    expect(await api.over(id, 60_000)).toMatchObject({ phase: 'completed', counts: { succeeded: 20 } });
}

async function ready(): Promise<number> {
  return (await fetch(`${server.url}/api/ready`)).status;
}
