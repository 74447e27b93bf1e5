import { beforeEach, expect, test, vi } from 'vitest';
import { createConnection } from '#lib/connections/create-connection';
import { ProviderTrouble } from '#lib/providers/provider';
import { claimDue } from '#lib/store/claims';
import { replicaOf } from '#lib/test-context';
import { batchEvents } from './batch-events.ts';
import { createBatch } from './create-batch.ts';
import { decideSubmission } from './decide-submission.ts';
import { getBatch } from './get-batch.ts';
import { lease } from './hold-claim.ts';
import { holding, type Walk, walk } from './lifecycle-kit.ts';
import { loadJob } from './part-job.ts';
import { onStage, report, type Scripted, says, took } from './scripted-provider-kit.ts';
import { passSettleTime } from './settle-time-kit.ts';
import { submitPart } from './submit-part.ts';

const here = vi.hoisted(() => ({ provider: {} as unknown }));
vi.mock('#lib/providers/registry', () => ({ providerFor: () => here.provider }));

let provider: Scripted;
let it: Walk;
beforeEach(async () => {
  provider = onStage(here, { findsBy: 'window', canList: true });
  it = await walk();
});

const look = (id = it.batchId) => getBatch(it.ctx, id);
const lost = { kind: 'lost', message: 'socket hang up' } as const;
const seen = (id: string, sure = false) => ({ report: report({ providerBatchId: id, createdAt: 1 }), sure });
const partId = async (id = it.batchId) => (await look(id)).parts[0]?.id ?? '';
const steps = async (count: number) => {
  for (let i = 0; i < count; i++) await it.step();
};

test('a lost create is found by what it bears, and nothing is sent twice', async () => {
  provider.script.create = [lost];
  provider.script.find = [[seen('batch_7', true), seen('batch_8')]];
  await steps(2);
  expect(await look()).toMatchObject({ phase: 'running', parts: [{ providerBatchId: 'batch_7' }] });
  expect(provider.named('create')).toHaveLength(1);
});

test('where nothing bears our mark, the only one that fits is ours once it was seen twice', async () => {
  provider.script.create = [lost];
  provider.otherwise.find = [seen('batch_7')];
  await steps(2);
  expect(await look()).toMatchObject({ phase: 'submitting', attention: null });
  await it.step();
  expect(await look()).toMatchObject({ parts: [{ providerBatchId: 'batch_7' }] });
  expect(provider.named('create')).toHaveLength(1);
});

test('several that fit are shown to a person, who chooses one', async () => {
  provider.script.create = [lost];
  provider.otherwise.find = [seen('batch_7'), seen('batch_8')];
  await steps(11);
  const batch = await look();
  expect(batch).toMatchObject({
    attention: 'needs_decision',
    parts: [{ lostCall: { candidates: [{ id: 'batch_7', status: 'running' }, { id: 'batch_8' }] } }],
  });
  provider.script.poll = [says({ providerBatchId: 'batch_8' })];
  await decideSubmission(it.ctx, it.batchId, { partId: await partId(), providerBatchId: 'batch_8' });
  expect(await look()).toMatchObject({
    attention: null,
    parts: [{ providerBatchId: 'batch_8', lostCall: null }],
  });
  expect(provider.named('create')).toHaveLength(1);
});

test('what turns up after a person was asked settles it still', async () => {
  provider.script.create = [lost];
  provider.otherwise.find = [];
  await steps(11);
  expect(await look()).toMatchObject({
    attention: 'needs_decision',
    parts: [{ nextCheckAt: expect.any(String) }],
  });
  provider.otherwise.find = [seen('batch_7', true)];
  await it.step();
  expect(await look()).toMatchObject({ attention: null, parts: [{ providerBatchId: 'batch_7' }] });
});

test('looks that fail end in a question too, and a provider that lists nothing asks at once', async () => {
  provider.script.create = [lost];
  await steps(1);
  provider = onStage(here, { findsBy: null });
  await it.step();
  expect(await look()).toMatchObject({
    attention: 'needs_decision',
    parts: [{ lostCall: { candidates: null }, nextCheckAt: null }],
  });
});

test('a list that cannot be read is not taken for one that holds nothing', async () => {
  provider.script.create = [lost];
  await steps(1);
  expect(await look()).toMatchObject({ parts: [{ settling: true, failures: 0 }] });
  provider.otherwise.find = new ProviderTrouble('The list is shut.', null, 500);
  await steps(11);
  const shut = { failures: 11, rawAnswer: 'The list is shut.', lostCall: { candidates: [] } };
  expect(await look()).toMatchObject({ attention: 'needs_decision', parts: [shut] });
  provider.otherwise.find = [];
  await it.step();
  expect(await look()).toMatchObject({ attention: 'needs_decision', parts: [{ failures: 0 }] });
});

test('one that belongs to another part of ours is no candidate', async () => {
  provider.script.create = [took('batch_7')];
  await it.step();
  const { file } = await look();
  const { id } = await createBatch(it.ctx, { fileId: file.id, connection: 'Sandbox', name: 'Second' });
  provider.otherwise.poll = says();
  provider.script.create = [lost];
  provider.otherwise.find = [seen('batch_7')];
  await steps(12);
  expect(await look(id)).toMatchObject({
    attention: 'needs_decision',
    parts: [{ lostCall: { candidates: [] }, providerBatchId: null }],
  });
});

/** Another connection to the same provider: one account under two names. */
const sameProvider = async () => {
  await createConnection(it.ctx, { name: 'Twin', preset: 'sandbox' });
  return 'Twin';
};

test('nor is one that belongs to a batch of another connection to the same provider', async () => {
  provider.script.create = [took('batch_7')];
  await it.step();
  const { file } = await look();
  const twin = { fileId: file.id, connection: await sameProvider(), name: 'Second' };
  const { id } = await createBatch(it.ctx, twin);
  provider.otherwise.poll = says();
  provider.script.create = [lost];
  provider.otherwise.find = [seen('batch_7')];
  await steps(12);
  const { attention, parts } = await look(id);
  expect([attention, parts[0]?.providerBatchId]).toEqual(['needs_decision', null]);
  const bind = { partId: await partId(id), providerBatchId: 'batch_7' };
  await expect(decideSubmission(it.ctx, id, bind)).rejects.toThrow('already belongs to the batch “Walk”');
});

test.each([
  ['one connection', async () => 'Sandbox'],
  ['two connections to one provider', sameProvider],
])('of two lost calls of one size on %s neither takes the only one that fits', async (_, second) => {
  const { file } = await look();
  await createBatch(it.ctx, { fileId: file.id, connection: await second(), name: 'Second' });
  provider.script.create = [lost, lost];
  provider.otherwise.find = [seen('batch_7')];
  await steps(12);
  const rows = await it.ctx.db.selectFrom('parts').select(['attention', 'provider_batch_id']).execute();
  const asks = { attention: 'needs_decision', provider_batch_id: null };
  expect(rows).toEqual([asks, asks]);
});

test('sending again waits for the clock of the database, whatever the replicas think', async () => {
  provider = onStage(here, { findsBy: null });
  provider.script.create = [lost];
  await steps(2);
  const again = { partId: await partId(), action: 'resend' as const };
  const freeAt = (await look()).parts[0]?.lostCall?.freeAt;
  const fast = { ...(await replicaOf(it.ctx)), clock: () => Date.now() + 86_400_000 };
  await expect(decideSubmission(fast, it.batchId, again)).rejects.toMatchObject({
    code: 'conflict',
    details: { freeAt },
  });
  await passSettleTime(it.ctx.db);
  const slow = { ...fast, clock: () => Date.now() - 86_400_000 };
  await decideSubmission(slow, it.batchId, again);
  provider.script.create = [took('batch_2')];
  await it.step();
  expect(await look()).toMatchObject({ parts: [{ providerBatchId: 'batch_2' }] });
});

test('where its holder is gone, sending again waits from when that was found out', async () => {
  provider = onStage(here, { findsBy: null });
  provider.script.create = [new Error('No word of how it ended.')];
  await expect(it.step()).rejects.toThrow('No word');
  await it.ctx.db.updateTable('intents').set({ sent_at: 1 }).execute();
  await it.step();
  const again = { partId: await partId(), action: 'resend' as const };
  await expect(decideSubmission(it.ctx, it.batchId, again)).rejects.toMatchObject({ code: 'conflict' });
  await passSettleTime(it.ctx.db);
  expect(await decideSubmission(it.ctx, it.batchId, again)).toMatchObject({ phase: 'queued' });
});

test('an id with more requests than were sent is not ours', async () => {
  provider = onStage(here, { findsBy: null });
  provider.script.create = [lost];
  await steps(2);
  const counts = { total: 3, succeeded: null, failed: null, cancelled: null, expired: null };
  provider.script.poll = [says({ counts })];
  await expect(
    decideSubmission(it.ctx, it.batchId, { partId: await partId(), providerBatchId: 'batch_9' }),
  ).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('3 requests') });
});

test('an answer that a late holder hears settles what nobody has decided yet', async () => {
  provider = onStage(here, { findsBy: null });
  const late = await stopped(() => took('batch_late'));
  await steps(2);
  expect(await look()).toMatchObject({ attention: 'needs_decision' });
  await expect(late.wake()).rejects.toMatchObject({ name: 'ClaimLost' });
  await it.step();
  expect(await look()).toMatchObject({
    attention: null,
    parts: [{ providerBatchId: 'batch_late', strays: [] }],
  });
  expect(provider.named('create')).toHaveLength(1);
});

test('where a person has sent again, the second is followed and the first one told of', async () => {
  provider = onStage(here, { findsBy: null });
  const late = await stopped(() => took('batch_late'));
  await steps(2);
  await passSettleTime(it.ctx.db);
  await decideSubmission(it.ctx, it.batchId, { partId: await partId(), action: 'resend' });
  provider.script.create = [took('batch_2')];
  await it.step();
  await expect(late.wake()).rejects.toMatchObject({ name: 'ClaimLost' });
  const batch = await look();
  expect(batch).toMatchObject({
    phase: 'pending',
    parts: [{ providerBatchId: 'batch_2', strays: ['batch_late'] }],
    notices: [{ code: 'stray', message: expect.stringContaining('batch_late') }],
  });
  const events = await batchEvents(it.ctx, it.batchId);
  expect(events.at(-1)).toMatchObject({ verb: 'batch.late_answer', data: { providerBatchId: 'batch_late' } });
});

test('a late refusal is certain, and the part goes again by itself', async () => {
  provider = onStage(here, { findsBy: null });
  const late = await stopped(() => ({ kind: 'wait', retryAfterMs: null, message: 'Slow down.' }));
  await steps(2);
  await expect(late.wake()).rejects.toMatchObject({ name: 'ClaimLost' });
  provider.script.create = [took('batch_2')];
  await it.step();
  expect(await look()).toMatchObject({ attention: null, parts: [{ providerBatchId: 'batch_2' }] });
});

test('a holder whose lease ran out just before the call sends nothing', async () => {
  const [claim] = await claimDue(it.ctx.db, lease.leaseMs, 1);
  if (!claim) throw new Error('nothing was due');
  await submitPart(it.ctx, await loadJob(it.ctx, claim, { ...holding, isHeld: () => false }));
  expect(provider.calls).toEqual([]);
  expect(await look()).toMatchObject({ phase: 'queued', attention: null });
});

/** A holder that stands still between its mark and its call, while the part passes on to others. */
async function stopped(answer: () => ReturnType<typeof took>): Promise<{ wake: () => Promise<void> }> {
  const gate = Promise.withResolvers<void>();
  const began = Promise.withResolvers<void>();
  provider.script.create = [
    async () => {
      began.resolve();
      await gate.promise;
      return answer();
    },
  ];
  const [claim] = await claimDue(it.ctx.db, -1, 1);
  if (!claim) throw new Error('nothing was due');
  const work = loadJob(it.ctx, claim, holding).then((job) => submitPart(it.ctx, job));
  work.catch(() => {});
  await began.promise;
  return {
    wake: () => {
      gate.resolve();
      return work;
    },
  };
}
