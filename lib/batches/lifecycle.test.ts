import { expect, test } from 'vitest';
import { listResults } from '#lib/results/list-results';
import { claimDue } from '#lib/store/claims';
import { batchEvents } from './batch-events.ts';
import { cancelBatch } from './cancel-batch.ts';
import { decideSubmission } from './decide-submission.ts';
import { getBatch } from './get-batch.ts';
import {
  accepted,
  answered,
  holding,
  json,
  jsonl,
  status,
  step,
  twoRequests,
  type Walk,
  walk,
} from './lifecycle-kit.ts';
import { loadJob } from './part-job.ts';
import { passSettleTime } from './settle-time-kit.ts';
import { submitPart } from './submit-part.ts';

const anyPage = { outcome: [], cursor: 0, limit: 50 };
const look = ({ ctx, batchId }: Walk) => getBatch(ctx, batchId);
const rows = async ({ ctx, batchId }: Walk) => (await listResults(ctx, batchId, anyPage)).items;

test('a batch is sent once, followed and read, and its lines leave as they came', async () => {
  const it = await walk();
  it.provider.answers = [
    () => accepted(),
    () => status('in_progress', { total: 2, completed: 1, failed: 0 }),
    () => jsonl(answered('b', 'from b'), answered('a', 'from a')),
  ];
  await it.step();
  expect(await look(it)).toMatchObject({ phase: 'pending', parts: [{ providerBatchId: 'batch_1' }] });
  await it.step();
  expect(await look(it)).toMatchObject({ phase: 'running', progress: 50, countsAre: 'live' });
  await it.step();
  expect(await look(it)).toMatchObject({ phase: 'collecting', progress: 50 });
  await it.step();
  expect(await look(it)).toMatchObject({
    phase: 'completed',
    progress: 100,
    counts: { succeeded: 2, pending: 0 },
  });
  expect(await rows(it)).toMatchObject([
    { ordinal: 1, customId: 'a', outcome: 'succeeded', preview: 'from a' },
    { ordinal: 2, customId: 'b', outcome: 'succeeded', preview: 'from b' },
  ]);
  const [body] = it.provider.creates();
  for (const line of twoRequests.trim().split('\n')) expect(body).toContain(line);
  expect((await batchEvents(it.ctx, it.batchId)).map(({ verb }) => verb)).toEqual([
    'batch.created',
    'batch.accepted',
    'batch.running',
    'batch.ended_upstream',
    'batch.completed',
  ]);
});

test('what the provider never answered is named as missing', async () => {
  const it = await walk();
  const all = () => jsonl(answered('b'), answered('b'), answered('stranger'), 'not json');
  it.provider.answers = [() => accepted(), all, all];
  for (let i = 0; i < 4; i++) await it.step();
  expect(await look(it)).toMatchObject({
    phase: 'completed',
    counts: { succeeded: 1, missing: 1, total: 2 },
  });
  expect((await rows(it)).map(({ outcome }) => outcome)).toEqual(['missing', 'succeeded']);
});

test('a batch refused as a whole shows every line failed with the words of the provider', async () => {
  const it = await walk();
  it.provider.answers = [() => json({ error: { message: 'No credit left.', code: 402 } }, 402)];
  await it.step();
  await it.step();
  expect(await look(it)).toMatchObject({
    phase: 'failed',
    counts: { failed: 2 },
    parts: [{ error: { message: expect.stringContaining('No credit left.') } }],
  });
  expect((await rows(it)).map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
});

test('a lost answer is settled by looking, and nothing is sent twice', async () => {
  const it = await walk();
  it.provider.answers = [
    () => {
      throw new Error('socket hang up');
    },
  ];
  await it.step();
  expect(await look(it)).toMatchObject({ phase: 'submitting' });
  const nonce = /"batchdeck_intent":"([^"]+)"/.exec(it.provider.creates()[0] ?? '')?.[1];
  it.provider.answers = [
    () =>
      json({
        object: 'list',
        data: [{ id: 'batch_9', status: 'in_progress', metadata: { batchdeck_intent: nonce } }],
      }),
  ];
  await it.step();
  expect(await look(it)).toMatchObject({ phase: 'running', parts: [{ providerBatchId: 'batch_9' }] });
  expect(it.provider.creates()).toHaveLength(1);
});

test('what looking cannot settle waits for a person, who alone may send again', async () => {
  const it = await walk();
  it.provider.answers = [() => new Response('oops', { status: 500 })];
  await it.step();
  for (let i = 0; i < 12; i++) {
    it.provider.answers = [() => json({ object: 'list', data: [] })];
    await it.step();
  }
  const batch = await look(it);
  expect(batch).toMatchObject({ phase: 'submitting', attention: 'needs_decision' });
  expect(it.provider.creates()).toHaveLength(1);
  const partId = batch.parts[0]?.id ?? '';
  const again = { partId, action: 'resend' as const };
  await expect(decideSubmission(it.ctx, it.batchId, again)).rejects.toMatchObject({ code: 'conflict' });
  await passSettleTime(it.ctx.db);
  await decideSubmission(it.ctx, it.batchId, again);
  it.provider.answers = [() => accepted('batch_2')];
  await it.step();
  expect(await look(it)).toMatchObject({ attention: null, parts: [{ providerBatchId: 'batch_2' }] });
  expect(it.provider.creates()).toHaveLength(2);
});

test('a person can name the batch at the provider, which is confirmed before it is believed', async () => {
  const it = await lostForGood();
  const partId = (await look(it)).parts[0]?.id ?? '';
  it.provider.answers = [
    () => json({ error: { message: 'no such batch' } }, 404),
    () => status('in_progress'),
  ];
  await expect(
    decideSubmission(it.ctx, it.batchId, { partId, providerBatchId: 'batch_x' }),
  ).rejects.toMatchObject({
    code: 'not_found',
  });
  await decideSubmission(it.ctx, it.batchId, { partId, providerBatchId: 'batch_7' });
  expect(await look(it)).toMatchObject({
    phase: 'pending',
    attention: null,
    parts: [{ providerBatchId: 'batch_7' }],
  });
});

test('giving up fails the lines and sends nothing', async () => {
  const it = await lostForGood();
  const partId = (await look(it)).parts[0]?.id ?? '';
  await decideSubmission(it.ctx, it.batchId, { partId, action: 'give_up' });
  await it.step();
  expect(await look(it)).toMatchObject({ phase: 'failed', counts: { failed: 2 } });
  expect(it.provider.creates()).toHaveLength(1);
});

test('a holder that stood still past its lease sends nothing when it wakes', async () => {
  const it = await walk();
  const [late] = await claimDue(it.ctx.db, -1, 1);
  if (!late) throw new Error('nothing was due');
  const job = await loadJob(it.ctx, late, holding);
  it.provider.answers = [() => accepted(), () => accepted('batch_twice')];
  await it.step();
  await expect(submitPart(it.ctx, job)).rejects.toMatchObject({ name: 'ClaimLost' });
  expect(it.provider.creates()).toHaveLength(1);
});

test('an intent that never left is sent by the next holder', async () => {
  const it = await walk();
  const broken = { ...it.ctx, blobs: it.ctx.blobs, sandbox: null };
  await step(broken);
  expect(it.provider.creates()).toHaveLength(0);
  it.provider.answers = [() => accepted()];
  await it.step();
  await it.step();
  expect(it.provider.creates()).toHaveLength(1);
});

test('a batch cancelled before it was sent costs nothing', async () => {
  const it = await walk();
  await cancelBatch(it.ctx, it.batchId);
  await it.step();
  await it.step();
  expect(await look(it)).toMatchObject({ phase: 'cancelled', counts: { cancelled: 2 } });
  expect(it.provider.journal).toEqual([]);
});

test('cancelling a running batch keeps what was answered', async () => {
  const it = await walk();
  it.provider.answers = [
    () => accepted(),
    () => status('cancelling'),
    () =>
      jsonl(answered('a'), {
        custom_id: 'b',
        response: null,
        error: { code: 'batch_cancelled', message: 'x' },
      }),
  ];
  await it.step();
  await cancelBatch(it.ctx, it.batchId);
  await it.step();
  expect(await look(it)).toMatchObject({ phase: 'cancelling' });
  await it.step();
  await it.step();
  expect(await look(it)).toMatchObject({ phase: 'cancelled', counts: { succeeded: 1, cancelled: 1 } });
});

test('a batch that ended before the cancellation came is simply over', async () => {
  const it = await walk();
  it.provider.answers = [
    () => accepted(),
    () => json({ error: { message: 'already completed' } }, 409),
    () => jsonl(answered('a'), answered('b')),
  ];
  await it.step();
  await cancelBatch(it.ctx, it.batchId);
  await it.step();
  await it.step();
  expect(await look(it)).toMatchObject({ phase: 'completed', counts: { succeeded: 2 } });
  expect(await cancelBatch(it.ctx, it.batchId)).toMatchObject({ phase: 'completed' });
});

test('looking at a batch, however often, asks the provider nothing', async () => {
  const it = await walk();
  it.provider.answers = [() => accepted()];
  await it.step();
  const asked = it.provider.journal.length;
  for (let i = 0; i < 100; i++) await look(it);
  expect(it.provider.journal).toHaveLength(asked);
});

async function lostForGood(): Promise<Walk> {
  const it = await walk();
  it.provider.answers = [() => new Response('oops', { status: 502 })];
  await it.step();
  for (let i = 0; i < 12; i++) {
    it.provider.answers = [() => json({ object: 'list', data: [] })];
    await it.step();
  }
  it.provider.answers = [];
  return it;
}
