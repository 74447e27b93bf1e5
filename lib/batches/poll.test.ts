import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { claimDue } from '#lib/store/claims';
import { replicaOf } from '#lib/test-context';
import { batchEvents } from './batch-events.ts';
import { cancelBatch } from './cancel-batch.ts';
import { getBatch } from './get-batch.ts';
import { lease } from './hold-claim.ts';
import { type Walk, walk } from './lifecycle-kit.ts';
import { onStage, report, type Scripted, says, took } from './scripted-provider-kit.ts';
import { deadlines } from './within.ts';
import { workPart } from './work-part.ts';

const here = vi.hoisted(() => ({ provider: {} as unknown }));
vi.mock('#lib/providers/registry', () => ({ providerFor: () => here.provider }));

let provider: Scripted;
let it: Walk;
beforeEach(async () => {
  provider = onStage(here);
  it = await walk();
  provider.script.create = [took()];
  await it.step();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const hour = 3_600_000;
const look = () => getBatch(it.ctx, it.batchId);
const part = async () => (await look()).parts[0];
const counts = (succeeded: number) => ({ total: 2, succeeded, failed: 0, cancelled: null, expired: null });
const trouble = (retryAfterMs: number | null) =>
  ({ kind: 'trouble', message: 'Busy.', retryAfterMs }) as const;
const waitOf = async () => {
  const { due_at } = await it.ctx.db.selectFrom('parts').select('due_at').executeTakeFirstOrThrow();
  return due_at - Date.now();
};
const steps = async (count: number) => {
  for (let i = 0; i < count; i++) await it.step();
};
/** As if the last change had been seen so long ago. */
const age = (ms: number) =>
  it.ctx.db
    .updateTable('parts')
    .set({ moved_at: Date.now() - ms })
    .execute();

test('trouble changes nothing but the next look, which heeds what the provider asks within a quarter of an hour', async () => {
  const before = await look();
  for (const [asked, least] of [
    [30_000, 29_000],
    [10 ** 12, 899_000],
    [null, -1_000],
  ] as const) {
    provider.script.poll = [trouble(asked)];
    await it.step();
    const wait = await waitOf();
    expect(wait).toBeGreaterThan(least);
    expect(wait).toBeLessThanOrEqual(15 * 60_000 * 1.2);
  }
  const { phase, counts: same, attention } = await look();
  expect({ phase, same, attention }).toEqual({ phase: before.phase, same: before.counts, attention: null });
  expect((await part())?.failures).toBe(3);
  expect((await part())?.rawAnswer).toBe('Busy.');
});

test('a provider that wishes to be left alone while all is well is', async () => {
  provider.script.poll = [{ kind: 'report', report: report(), retryAfterMs: 120_000 }];
  await it.step();
  expect(await waitOf()).toBeGreaterThan(119_000);
});

test('after trouble the looks of many are scattered between the floor and the wait', async () => {
  it.ctx.env = { ...it.ctx.env, BATCHDECK_POLL_SECONDS: { floorMs: 1_000, ceilingMs: 60_000 } };
  const waits: number[] = [];
  provider.otherwise.poll = trouble(null);
  for (let i = 0; i < 30; i++) {
    await it.ctx.db.updateTable('parts').set({ wait_ms: 40_000, failures: 1 }).execute();
    await it.step();
    waits.push(await waitOf());
  }
  expect(Math.min(...waits)).toBeGreaterThan(900);
  expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(15_000);
});

test('nothing moves backwards, an end is never unset, and an unknown word is shown and asked again', async () => {
  for (const state of ['running', 'pending', 'unknown'] as const) {
    provider.script.poll = [says({ state: 'finishing' }), says({ state, rawStatus: `said ${state}` })];
    await steps(2);
    expect(await look()).toMatchObject({ phase: 'finishing', parts: [{ rawStatus: `said ${state}` }] });
  }
  provider.script.poll = [says({ state: 'cancelled' })];
  await steps(2);
  expect(await look()).toMatchObject({ phase: 'cancelled' });
  provider.otherwise.poll = says({ state: 'running' });
  await steps(2);
  expect(await look()).toMatchObject({ phase: 'cancelled' });
});

test('where answers are counted, a long while without one is told, and the next one takes it back', async () => {
  provider.script.poll = [says({ counts: counts(1) }), says({ counts: counts(1) })];
  await steps(2);
  expect(await look()).toMatchObject({ attention: null });
  await age(4 * hour);
  provider.script.poll = [says({ counts: counts(1) }), says({ counts: counts(1) })];
  await steps(2);
  expect(await look()).toMatchObject({ attention: 'stalled', phase: 'running' });
  const told = (await batchEvents(it.ctx, it.batchId)).filter(({ verb }) => verb === 'batch.stalled');
  expect(told).toHaveLength(1);
  provider.script.poll = [says({ counts: counts(2) })];
  await it.step();
  expect(await look()).toMatchObject({ attention: null });
});

test('where nobody counts, only outliving its window is odd', async () => {
  provider.otherwise.poll = says();
  await it.step();
  await age(20 * hour);
  await it.step();
  expect(await look()).toMatchObject({ attention: null });
  await age(28 * hour);
  await it.step();
  expect(await look()).toMatchObject({ attention: 'stalled' });
});

test('being lost from sight for a moment is no change', async () => {
  provider.script.poll = [says(), { kind: 'not_found' }, says()];
  await it.step();
  await age(hour);
  const before = (await part())?.movedAt;
  await steps(2);
  expect((await part())?.movedAt).toBe(before);
});

test('a percentage of the provider stands where it counts nothing, and never reaches a hundred before the end', async () => {
  provider.script.poll = [says({ progress: 40 }), says({ progress: 100 })];
  await it.step();
  expect(await look()).toMatchObject({ progress: 40 });
  await it.step();
  expect(await look()).toMatchObject({ progress: 99 });
});

test('replicas whose clocks are a day off write one and the same time', async () => {
  const wrong = { ...(await replicaOf(it.ctx)), clock: () => Date.now() + 24 * hour };
  provider.otherwise.poll = says({ counts: counts(1) });
  await it.ctx.db.updateTable('parts').set({ due_at: 0 }).execute();
  const due = await claimDue(wrong.db, lease.leaseMs, 1);
  for (const one of due) await workPart(wrong, one, lease);
  const row = await it.ctx.db.selectFrom('parts').selectAll().executeTakeFirstOrThrow();
  for (const time of [row.checked_at, row.moved_at, row.changed_at, row.due_at]) {
    expect(Math.abs((time ?? 0) - Date.now())).toBeLessThan(60_000);
  }
  const { times } = await look();
  expect(Date.parse(times.started ?? '')).toBeGreaterThanOrEqual(Date.parse(times.created));
});

test('the intent that was written last is the last, whatever the clock of its writer', async () => {
  provider = onStage(here, { findsBy: null });
  await it.ctx.db.updateTable('parts').set({ phase: 'submitting', provider_batch_id: null }).execute();
  const [first] = await it.ctx.db.selectFrom('intents').selectAll().execute();
  if (!first) throw new Error('There should be an intent.');
  await it.ctx.db.updateTable('intents').set({ id: 'int_zzz', state: 'refused' }).execute();
  const later = { ...first, id: 'int_aaa', fence: first.fence + 1, provider_batch_id: null };
  await it.ctx.db
    .insertInto('intents')
    .values({ ...later, state: 'lost' })
    .execute();
  await it.step();
  expect(await look()).toMatchObject({ attention: 'needs_decision' });
  expect(provider.calls).toEqual([]);
});

test('a call that hangs is cut off and counts as trouble', async () => {
  vi.spyOn(deadlines, 'askMs', 'get').mockReturnValue(50);
  provider.script.poll = [() => new Promise(() => {})];
  await it.step();
  expect(await look()).toMatchObject({ phase: 'pending', parts: [{ failures: 1 }] });
});

test('a create that hangs past its time is a lost answer, and is not made again', async () => {
  provider = onStage(here, { findsBy: null });
  await it.ctx.db.updateTable('parts').set({ phase: 'queued', provider_batch_id: null }).execute();
  vi.spyOn(deadlines, 'createMs', 'get').mockReturnValue(50);
  provider.script.create = [() => new Promise(() => {})];
  await steps(3);
  expect(await look()).toMatchObject({ attention: 'needs_decision' });
  expect(provider.named('create')).toHaveLength(1);
});

test('a cancellation is answered in words, and by a finished batch too', async () => {
  const asked = await cancelBatch(it.ctx, it.batchId);
  expect(asked.cancellation).toMatchObject({ state: 'asked' });
  expect((await cancelBatch(it.ctx, it.batchId)).cancellation).toMatchObject({ state: 'already_asked' });
  provider.script.cancel = [trouble(null)];
  provider.script.poll = [says({ state: 'completed' })];
  await steps(2);
  expect(await look()).toMatchObject({ phase: 'completed' });
  const late = await cancelBatch(it.ctx, it.batchId);
  expect(late).toMatchObject({
    phase: 'completed',
    cancellation: { state: 'already_finished', message: expect.stringContaining('already finished') },
  });
  const ended = (await batchEvents(it.ctx, it.batchId)).find(({ verb }) => verb === 'batch.ended_upstream');
  expect(ended?.data).toMatchObject({ tooLate: true });
});

test('a wish to cancel that a moment of forgetting met is passed on again', async () => {
  await cancelBatch(it.ctx, it.batchId);
  provider.script.cancel = [
    { kind: 'not_found' },
    { kind: 'report', report: report({ state: 'cancelling' }) },
  ];
  await it.step();
  expect(await look()).toMatchObject({ phase: 'pending' });
  await it.step();
  expect(await look()).toMatchObject({ phase: 'cancelling' });
  expect(provider.named('cancel')).toHaveLength(2);
});

test('a provider that cannot cancel is not asked to', async () => {
  provider = onStage(here, { canCancel: false });
  const { cancellation } = await cancelBatch(it.ctx, it.batchId);
  expect(cancellation).toMatchObject({ state: 'unsent_only' });
  provider.otherwise.poll = says();
  await steps(2);
  expect(provider.named('cancel')).toEqual([]);
  expect(await look()).toMatchObject({ phase: 'running' });
});
