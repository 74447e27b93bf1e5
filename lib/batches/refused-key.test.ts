import { beforeEach, expect, test, vi } from 'vitest';
import { createConnection } from '#lib/connections/create-connection';
import { updateConnection } from '#lib/connections/update-connection';
import { ProviderTrouble } from '#lib/providers/provider';
import { claimDue } from '#lib/store/claims';
import { replicaOf } from '#lib/test-context';
import { cancelBatch } from './cancel-batch.ts';
import { createBatch } from './create-batch.ts';
import { getBatch } from './get-batch.ts';
import { lease } from './hold-claim.ts';
import { type Walk, walk } from './lifecycle-kit.ts';
import { listBatches } from './list-batches.ts';
import { onStage, type Scripted, says, took } from './scripted-provider-kit.ts';
import { workPart } from './work-part.ts';

const here = vi.hoisted(() => ({ provider: {} as unknown }));
vi.mock('#lib/providers/registry', () => ({ providerFor: () => here.provider }));

let provider: Scripted;
let it: Walk;
let ids: string[];
let connectionId: string;
beforeEach(async () => {
  provider = onStage(here);
  it = await walk();
  const gateway = { name: 'gw', preset: 'inline-compatible', baseUrl: 'https://gw.example.com/v1' };
  connectionId = (await createConnection(it.ctx, { ...gateway, apiKey: 'sk-old-0123456789' })).id;
  await it.ctx.db.updateTable('batches').set({ connection_id: connectionId }).execute();
  const { file } = await look(it.batchId);
  const more = ['Second', 'Third'].map((name) =>
    createBatch(it.ctx, { fileId: file.id, connection: connectionId, name }),
  );
  ids = [it.batchId, ...(await Promise.all(more)).map(({ id }) => id)];
});

const look = (id: string) => getBatch(it.ctx, id);
const rejected = { kind: 'credential_rejected', message: 'Invalid API key.', httpStatus: 401 } as const;
const events = async () =>
  (
    await it.ctx.db
      .selectFrom('events')
      .select('seq')
      .where('verb', '=', 'batch.credential_rejected')
      .execute()
  ).length;
const alerting = async () =>
  (await listBatches(it.ctx, { attention: 'any', sort: '-created', limit: 50 })).items.map(
    ({ attention }) => attention,
  );
const steps = async (count: number) => {
  for (let i = 0; i < count; i++) await it.step();
};

test('a refused key rests the whole connection after one call, with one alert', async () => {
  provider.script.create = [rejected];
  await steps(5);
  expect(provider.calls).toHaveLength(1);
  expect(await events()).toBe(1);
  expect(await alerting()).toEqual(['credential_rejected']);
  for (const id of ids) {
    expect(await look(id)).toMatchObject({
      phase: 'queued',
      connection: { paused: { why: null, keyRefused: true, waiting: 3 } },
      parts: [{ hold: 'connection' }],
    });
  }
});

test('calls that were under way when the key was refused make no second alert', async () => {
  const gate = Promise.withResolvers<void>();
  provider.otherwise.create = async () => {
    await gate.promise;
    return rejected;
  };
  const replica = await replicaOf(it.ctx);
  const due = await claimDue(it.ctx.db, lease.leaseMs, 10);
  const work = due.map((part, n) => workPart(n === 0 ? it.ctx : replica, part, lease));
  await vi.waitFor(() => expect(provider.calls).toHaveLength(3));
  gate.resolve();
  await Promise.all(work);
  expect(await events()).toBe(1);
  expect(await alerting()).toEqual(['credential_rejected']);
});

test('a batch that runs waits too, and goes on with a new key', async () => {
  provider.script.create = [took('b1'), took('b2'), took('b3')];
  await it.step();
  provider.script.poll = [rejected];
  await steps(3);
  expect(provider.named('poll')).toHaveLength(1);
  await updateConnection(it.ctx, connectionId, { apiKey: 'sk-new-0123456789' });
  provider.otherwise.poll = says();
  await it.step();
  for (const id of ids) {
    expect(await look(id)).toMatchObject({
      phase: 'running',
      attention: null,
      connection: { paused: null },
      parts: [{ hold: null }],
    });
  }
});

test('a lost call is not given up to a person for want of a key', async () => {
  provider = onStage(here, { findsBy: 'nonce' });
  provider.otherwise.create = { kind: 'lost', message: 'socket hang up' };
  await it.step();
  provider.otherwise.find = new ProviderTrouble('Invalid API key.', null, 401);
  await steps(12);
  expect(provider.named('find')).toHaveLength(1);
  for (const id of ids)
    expect(await look(id)).toMatchObject({ phase: 'submitting', parts: [{ hold: 'connection' }] });
  await updateConnection(it.ctx, connectionId, { apiKey: 'sk-new-0123456789' });
  provider.otherwise.find = [];
  await steps(10);
  for (const id of ids) expect(await look(id)).toMatchObject({ attention: 'needs_decision' });
});

test('a key that is replaced while the old one is being refused is not blamed for it', async () => {
  const fresh = { apiKey: 'sk-new-0123456789' };
  provider.script.create = [
    async () => {
      await updateConnection(it.ctx, connectionId, fresh);
      return rejected;
    },
  ];
  provider.otherwise.create = took();
  provider.otherwise.poll = says();
  await steps(2);
  expect(await events()).toBe(0);
  for (const id of ids)
    expect(await look(id)).toMatchObject({
      phase: expect.stringMatching(/pending|running/),
      connection: { paused: null },
    });
});

test('a name that changes does not make the key a new one', async () => {
  provider.script.create = [rejected];
  await it.step();
  await updateConnection(it.ctx, connectionId, { name: 'renamed' });
  await steps(2);
  expect(provider.calls).toHaveLength(1);
});

test('a provider that has changed its mind is found out by one call a quarter of an hour', async () => {
  provider.script.create = [rejected];
  await it.step();
  await it.ctx.db.updateTable('settings').set({ value: '0' }).where('name', 'like', 'key-tried:%').execute();
  provider.script.create = [rejected];
  await steps(3);
  expect(provider.calls).toHaveLength(2);
  expect(await alerting()).toEqual(['credential_rejected']);
  await it.ctx.db.updateTable('settings').set({ value: '0' }).where('name', 'like', 'key-tried:%').execute();
  provider.script.create = [took('b1'), took('b2'), took('b3')];
  provider.otherwise.poll = says();
  await steps(3);
  for (const id of ids) expect(await look(id)).toMatchObject({ phase: 'running', attention: null });
  expect(await events()).toBe(1);
});

test('what was not sent can be cancelled while the key is refused', async () => {
  provider.script.create = [rejected];
  await it.step();
  for (const id of ids) await cancelBatch(it.ctx, id);
  await steps(2);
  expect(provider.calls).toHaveLength(1);
  for (const id of ids) expect(await look(id)).toMatchObject({ phase: 'cancelled' });
});
