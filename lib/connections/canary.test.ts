import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBatch } from '#lib/batches/create-batch';
import { getBatch } from '#lib/batches/get-batch';
import { step, twoRequests } from '#lib/batches/lifecycle-kit';
import type { Context } from '#lib/context';
import { receiveFile } from '#lib/files/receive-file';
import { createLog } from '#lib/log';
import { createOutbound } from '#lib/outbound/create-outbound';
import { type LocalServer, localServer } from '#lib/outbound/outbound-kit';
import { createInput } from '#lib/providers/provider-kit';
import { everyRow, openTestDb } from '#lib/store/test-db';
import { testContext, testEnv } from '#lib/test-context';
import { createConnection } from './create-connection.ts';
import { listConnections } from './list-connections.ts';
import { reachConnection } from './reach-connection.ts';

// Looks like no known key, so that only those who know it can recognise it.
const canary = 'canary/7Qz+4f9d2c7b"1e8a6035';
const second = 'tenant-9c41b7e2aa';
const bytes = Buffer.from(canary);
const disguises = [
  canary,
  JSON.stringify(canary).slice(1, -1),
  bytes.toString('base64').replace(/=+$/, ''),
  bytes.toString('base64url'),
  bytes.toString('hex'),
  bytes.toString('hex').toUpperCase(),
  encodeURIComponent(canary),
  second,
];

let server: LocalServer;
let received: (string | string[] | undefined)[];
let ctx: Context;
let logged: string[];
let answerStatus: number;

beforeEach(async () => {
  received = [];
  logged = [];
  answerStatus = 401;
  server = await localServer((request, response) => {
    received.push(request.headers.authorization, request.headers['x-tenant']);
    request.resume().on('end', () => {
      const message = `Incorrect API key provided: ${disguises.join(' or ')} (Bearer ${canary})`;
      response
        .writeHead(answerStatus, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: { message } }));
    });
  });
  const env = testEnv({ BATCHDECK_ALLOW_PRIVATE: `127.0.0.1/32:${server.port}` });
  ctx = await testContext({
    env,
    db: await openTestDb(path.join(env.BATCHDECK_DATA_DIR, 'batchdeck.sqlite')),
    outbound: createOutbound(env),
    log: createLog('debug', (line) => logged.push(line)),
  });
});
afterEach(async () => {
  await ctx.outbound.close();
  await ctx.db.destroy();
  await server.close();
});

async function sent(): Promise<string> {
  const connection = await createConnection(ctx, {
    name: 'gw',
    preset: 'inline-compatible',
    baseUrl: `${server.origin}/v1`,
    apiKey: canary,
    headers: { 'x-tenant': second },
  });
  const body = (async function* () {
    yield Buffer.from(twoRequests);
  })();
  const file = await receiveFile(ctx, { name: 'a.jsonl', body, contentLength: null, sha256: null });
  const { id } = await createBatch(ctx, { fileId: file.id, connection: 'gw', name: 'Walk' });
  await step(ctx);
  const { provider, fetch } = await reachConnection(ctx, connection.id);
  logged.push(JSON.stringify(await provider.poll(fetch, 'batch_1')));
  return id;
}

test('a key that a provider repeats in its error reaches neither store, file, log nor answer', async () => {
  const id = await sent();
  expect(received.slice(0, 2)).toEqual([`Bearer ${canary}`, second]);
  const shown = JSON.stringify([await getBatch(ctx, id), await listConnections(ctx)]);
  const told = [shown, await everyRow(ctx.db), ...logged];
  for (const file of readdirSync(ctx.env.BATCHDECK_DATA_DIR, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) told.push(readFileSync(path.join(file.parentPath, file.name)).toString('latin1'));
  }
  expect(told.join('\n')).toContain('Incorrect API key provided: [key]');
  for (const disguise of disguises)
    expect(
      told.some((text) => text.includes(disguise)),
      disguise,
    ).toBe(false);
});

test('nor does one that a provider repeats under a status of success', async () => {
  answerStatus = 200;
  const id = await sent();
  await step(ctx);
  const shown = JSON.stringify(await getBatch(ctx, id)) + logged.join('\n');
  expect(shown).toContain('Incorrect API key provided');
  const rows = JSON.stringify([
    await ctx.db.selectFrom('events').selectAll().execute(),
    await ctx.db.selectFrom('parts').selectAll().execute(),
  ]);
  for (const disguise of disguises) expect(shown + rows, disguise).not.toContain(disguise);
});

test('a key that no longer opens leaves the batch unsent and says so', async () => {
  const id = await sent();
  const calls = received.length;
  const { key_sealed } = await ctx.db
    .selectFrom('connections')
    .select('key_sealed')
    .executeTakeFirstOrThrow();
  const flipped = `${key_sealed?.slice(0, -3)}${key_sealed?.slice(-3) === 'AAA' ? 'BBB' : 'AAA'}`;
  await ctx.db.updateTable('connections').set({ key_sealed: flipped }).execute();
  const { provider, fetch } = await reachConnection(ctx, (await getBatch(ctx, id)).connection.id);
  const create = provider.create(fetch, createInput());
  expect(await create).toMatchObject({ kind: 'not_sent', message: expect.stringContaining('does not open') });
  expect(received).toHaveLength(calls);
});
