import { beforeEach, expect, test, vi } from 'vitest';
import type { Context } from '#lib/context';
import { receiveFile } from '#lib/files/receive-file';
import type { CreateAnswer } from '#lib/providers/provider';
import { listResults } from '#lib/results/list-results';
import { claimDue } from '#lib/store/claims';
import { batchEvents } from './batch-events.ts';
import { cancelBatch } from './cancel-batch.ts';
import { createBatch } from './create-batch.ts';
import { getBatch } from './get-batch.ts';
import { lease } from './hold-claim.ts';
import { answered, twoRequests, type Walk, walk } from './lifecycle-kit.ts';
import { releaseParts } from './release-parts.ts';
import { bytes, onStage, output, type Scripted, says, took } from './scripted-provider-kit.ts';
import { workPart } from './work-part.ts';

const here = vi.hoisted(() => ({ provider: {} as unknown }));
vi.mock('#lib/providers/registry', () => ({ providerFor: () => here.provider }));

let provider: Scripted;
let it: Walk;
beforeEach(async () => {
  provider = onStage(here, { countsAre: 'live' });
  it = await walk(requests(5));
  await it.ctx.db.deleteFrom('parts').execute();
  await it.ctx.db.deleteFrom('batches').execute();
  await it.ctx.db
    .updateTable('connections')
    .set({ limits: JSON.stringify({ requests: 2 }) })
    .execute();
});

const look = (id: string) => getBatch(it.ctx, id);
const counts = (succeeded: number, failed = 0) => ({
  total: 2,
  succeeded,
  failed,
  cancelled: null,
  expired: null,
});
const full = { kind: 'wait', retryAfterMs: null, message: 'Enqueued token limit reached for m.' } as const;
const done = (providerBatchId: string, more: object = {}) =>
  says({ state: 'completed', resultRefs: output, providerBatchId, ...more });
const steps = async (count: number) => {
  for (let i = 0; i < count; i++) await it.step();
};

test('a file beyond the limits is sent in parts, and its batch is their sum', async () => {
  const id = await order();
  expect((await look(id)).parts.map((part) => [part.firstOrdinal, part.lastOrdinal])).toEqual([
    [1, 2],
    [3, 4],
    [5, 5],
  ]);
  takeAll();
  await it.step();
  expect(
    provider
      .named('create')
      .map(({ lines }) => lines?.match(/r\d/g)?.join())
      .sort(),
  ).toEqual(['r1,r2', 'r3,r4', 'r5']);
  expect(await look(id)).toMatchObject({ phase: 'pending', counts: { total: 5, pending: 5 } });
  byId({ b1: says({ counts: counts(2) }), b2: says({ counts: counts(1) }), b3: says({ state: 'pending' }) });
  await it.step();
  expect(await look(id)).toMatchObject({ phase: 'running', progress: 60, counts: { succeeded: 3 } });
  byId({ b1: done('b1'), b2: done('b2'), b3: done('b3') });
  await steps(4);
  expect(await look(id)).toMatchObject({ phase: 'completed', progress: 100, counts: { succeeded: 5 } });
  const { items } = await listResults(it.ctx, id, { outcome: [], cursor: 0, limit: 50 });
  expect(items.map(({ customId, outcome }) => `${customId} ${outcome}`)).toEqual(
    [1, 2, 3, 4, 5].map((n) => `r${n} succeeded`),
  );
  const events = await batchEvents(it.ctx, id);
  const accepted = events.filter(({ verb }) => verb === 'batch.accepted').map(({ data }) => data);
  expect(accepted).toEqual(
    expect.arrayContaining([1, 2, 3].map((part) => ({ part, providerBatchId: `b${part}` }))),
  );
});

test('a part that is refused leaves the others alone', async () => {
  const id = await order();
  const refused = { kind: 'refused', code: 'bad', message: 'Model not found.', httpStatus: 400 } as const;
  takeAll({ r3: refused });
  await steps(1);
  byId({ b1: done('b1'), b3: done('b3') });
  await steps(4);
  expect(await look(id)).toMatchObject({
    phase: 'completed',
    counts: { succeeded: 3, failed: 2, missing: 0 },
    parts: [{ phase: 'completed' }, { phase: 'failed', error: { code: 'bad' } }, { phase: 'completed' }],
  });
});

test('a part that was sent long after the others may be silent and lost from sight as they might', async () => {
  const id = await order();
  takeAll();
  await it.step();
  await it.ctx.db.updateTable('batches').set({ submitted_at: 0 }).execute();
  provider.otherwise.poll = says({ state: 'pending' });
  await it.step();
  expect(await look(id)).toMatchObject({ countsAre: 'live' });
  await cancelBatch(it.ctx, id);
  provider.otherwise.cancel = { kind: 'not_found' };
  await steps(7);
  expect(await look(id)).toMatchObject({ phase: 'pending', attention: null });
});

test('what several providers say they charged is added up, once each', async () => {
  const id = await order();
  takeAll();
  await it.step();
  const nano = { b1: 100_000_000, b2: 50_000_000, b3: 25_000_000 };
  byId(Object.fromEntries(Object.entries(nano).map(([at, costNano]) => [at, done(at, { costNano })])));
  await steps(4);
  expect((await look(id)).cost).toMatchObject({ amount: '0.175', source: 'provider' });
});

test('a part whose provider has no room waits in line and goes when another has ended', async () => {
  const id = await order();
  it.ctx.env = { ...it.ctx.env, BATCHDECK_POLL_SECONDS: { floorMs: 60_000, ceilingMs: 60_000 } };
  takeAll({ r3: full, r5: full });
  await turn();
  expect(await look(id)).toMatchObject({
    attention: 'held',
    parts: [{ hold: null }, { hold: 'queue', nextCheckAt: expect.any(String) }, { hold: 'queue' }],
  });
  await turn();
  expect(provider.named('create')).toHaveLength(3);
  byId({ b1: done('b1'), b2: says(), b3: says() });
  takeAll();
  await it.ctx.db.updateTable('parts').set({ due_at: 0 }).where('n', '=', 1).execute();
  for (let i = 0; i < 4; i++) await turn();
  expect(await look(id)).toMatchObject({
    attention: null,
    parts: [
      { phase: 'completed' },
      { hold: null, providerBatchId: 'b2' },
      { hold: null, providerBatchId: 'b3' },
    ],
  });
});

test('of those in line for the same models the eldest alone asks', async () => {
  await order();
  takeAll({ r3: full, r5: full });
  await it.step();
  provider.otherwise.poll = says();
  for (let n = 4; n < 8; n++) {
    await it.step();
    expect(provider.named('create')).toHaveLength(n);
    expect(provider.named('create').at(-1)?.lines).toContain('"r3"');
  }
});

test('a batch that fails because the queue was full is sent again, and not one that fails alone', async () => {
  const [id, other] = [await order(twoRequests), await order(twoRequests)];
  provider.script.create = [took('b1'), took('b2')];
  await it.step();
  const errors = [{ code: 'token_limit_exceeded', message: 'Enqueued token limit reached.', line: null }];
  const failed = says({ state: 'failed', errors });
  const at = async (batch: string) => (await look(batch)).parts[0]?.providerBatchId ?? '';
  byId({ [await at(id)]: says(), [await at(other)]: failed });
  await it.step();
  expect(await look(other)).toMatchObject({
    phase: 'queued',
    attention: 'held',
    parts: [{ hold: 'queue', providerBatchId: null }],
  });
  byId({ [await at(id)]: done(await at(id)), b3: failed, b4: failed, b5: failed });
  provider.otherwise.output = () => answers('a', 'b');
  provider.script.create = [took('b3'), took('b4'), took('b5')];
  await steps(8);
  expect(await look(id)).toMatchObject({ phase: 'completed' });
  expect(await look(other)).toMatchObject({
    phase: 'failed',
    parts: [{ error: { code: 'token_limit_exceeded' } }],
  });
  expect(provider.named('create')).toHaveLength(5);
});

test('a person lets a held part go, and the timeline says so', async () => {
  const id = await order(twoRequests);
  provider.script.create = [full];
  await it.step();
  await releaseParts(it.ctx, id, {});
  expect(await look(id)).toMatchObject({ attention: null, parts: [{ hold: null }] });
  provider.script.create = [took('b1')];
  await it.step();
  expect(await look(id)).toMatchObject({ phase: 'pending' });
  expect((await batchEvents(it.ctx, id)).map(({ verb }) => verb)).toContain('batch.released');
  await expect(releaseParts(it.ctx, id, { partIds: ['prt_none'] })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a part that waits for a person is not taken up by the clock', async () => {
  const id = await order(twoRequests);
  await it.ctx.db.updateTable('parts').set({ hold: 'canary', attention: 'held' }).execute();
  await steps(2);
  expect(provider.calls).toEqual([]);
  await cancelBatch(it.ctx, id);
  await steps(2);
  expect(await look(id)).toMatchObject({ phase: 'cancelled', attention: null, counts: { cancelled: 2 } });
  expect(provider.calls).toEqual([]);
});

test('nothing is called over a paused connection, and its parts go on when it is resumed', async () => {
  const id = await order(twoRequests);
  await pause(it.ctx, Date.now());
  await steps(3);
  expect(provider.calls).toEqual([]);
  expect(await look(id)).toMatchObject({
    attention: 'held',
    connection: { paused: { why: 'Maintenance.', keyRefused: false } },
    parts: [{ hold: 'connection' }],
  });
  await expect(releaseParts(it.ctx, id, {})).rejects.toMatchObject({ code: 'conflict' });
  await pause(it.ctx, null);
  provider.script.create = [took('b1')];
  await it.step();
  expect(await look(id)).toMatchObject({ phase: 'pending', attention: null, parts: [{ hold: null }] });
});

test('a batch cancelled while its connection is paused ends without a call', async () => {
  const id = await order(twoRequests);
  await pause(it.ctx, Date.now());
  await it.step();
  await cancelBatch(it.ctx, id);
  await steps(2);
  expect(await look(id)).toMatchObject({ phase: 'cancelled', counts: { cancelled: 2 } });
  expect(provider.calls).toEqual([]);
});

/** A turn of the clock that leaves due times as they are. */
async function turn(): Promise<void> {
  for (const due of await claimDue(it.ctx.db, lease.leaseMs, 10)) await workPart(it.ctx, due, lease);
}

async function pause({ db }: Context, at: number | null): Promise<void> {
  await db.updateTable('connections').set({ paused_at: at, paused_why: 'Maintenance.' }).execute();
}

function requests(count: number): string {
  const line = (n: number) => `{"custom_id":"r${n}","params":{"model":"m","messages":[]}}\n`;
  return Array.from({ length: count }, (_, i) => line(i + 1)).join('');
}

async function order(text = requests(5)): Promise<string> {
  async function* body() {
    yield Buffer.from(text);
  }
  const file = await receiveFile(it.ctx, {
    name: 'a.jsonl',
    body: body(),
    contentLength: null,
    sha256: null,
  });
  return (await createBatch(it.ctx, { fileId: file.id, connection: 'Sandbox', name: 'Parts' })).id;
}

const held: Record<string, string[]> = { b1: ['r1', 'r2'], b2: ['r3', 'r4'], b3: ['r5'] };

/** Takes a part by its first line, or answers what is given for that, and gives back what it was sent. */
function takeAll(but: Record<string, CreateAnswer> = {}): void {
  provider.otherwise.create = () => {
    const first = /"(r\d)"/.exec(provider.calls.at(-1)?.lines ?? '')?.[1] ?? '';
    const id = Object.keys(held).find((name) => held[name]?.[0] === first) ?? '';
    return but[first] ?? took(id);
  };
  provider.otherwise.output = () => answers(...(held[provider.calls.at(-1)?.id ?? ''] ?? []));
}

function answers(...ids: string[]) {
  return bytes(...ids.map((id) => `${JSON.stringify(answered(id))}\n`));
}

/** What each batch at the provider says when it is asked. */
function byId(said: Record<string, ReturnType<typeof says>>): void {
  provider.otherwise.poll = () => {
    const id = provider.calls.at(-1)?.id ?? '';
    const answer = said[id];
    if (!answer) throw new Error(`Nothing is said of ${id}.`);
    return answer;
  };
}
