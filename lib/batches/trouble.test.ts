import { expect, test } from 'vitest';
import { claimDue } from '#lib/store/claims';
import { cancelBatch } from './cancel-batch.ts';
import { decideSubmission } from './decide-submission.ts';
import { deleteBatch } from './delete-batch.ts';
import { getBatch } from './get-batch.ts';
import { lease } from './hold-claim.ts';
import { accepted, answered, json, jsonl, status, step, type Walk, walk } from './lifecycle-kit.ts';

const look = ({ ctx, batchId }: Walk) => getBatch(ctx, batchId);

test('a download that breaks off is asked for again, and only the whole one counts', async () => {
  const it = await walk();
  const cut = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(Buffer.from(`${JSON.stringify(answered('a'))}\n{"custom_id":"b","resp`));
      controller.error(new Error('terminated'));
    },
  });
  it.provider.answers = [
    () => accepted(),
    () => new Response(cut),
    () => jsonl(answered('a'), answered('b')),
  ];
  await it.step();
  await it.step();
  expect(await look(it)).not.toMatchObject({ phase: 'collecting' });
  await it.step();
  await it.step();
  expect(await look(it)).toMatchObject({ phase: 'completed', counts: { succeeded: 2 } });
});

test('results cut in their last line are asked for again, and a last line may lack its end', async () => {
  const whole = [answered('a'), answered('b')].map((line) => JSON.stringify(line)).join('\n');
  const start = whole.indexOf('\n') + 1;
  const it = await walk();
  it.provider.answers = [() => accepted()];
  await it.step();
  for (const at of [start + 1, whole.length - 20, whole.length - 1]) {
    it.provider.answers = [() => new Response(whole.slice(0, at))];
    await it.step();
    expect((await look(it)).phase).toBe('pending');
  }
  it.provider.answers = [() => new Response(whole)];
  await it.step();
  await it.step();
  expect(await look(it)).toMatchObject({ phase: 'completed', counts: { succeeded: 2 } });
});

test('five failed looks say so, and one good look takes it back', async () => {
  const it = await walk();
  it.provider.answers = [() => accepted()];
  await it.step();
  for (let i = 0; i < 5; i++) {
    expect((await look(it)).attention).toBeNull();
    it.provider.answers = [() => new Response('busy', { status: 503 })];
    await it.step();
  }
  expect(await look(it)).toMatchObject({ attention: 'unreachable', phase: 'pending' });
  it.provider.answers = [() => status('in_progress')];
  await it.step();
  expect(await look(it)).toMatchObject({ attention: null, phase: 'running' });
});

test('a batch is gone after five times not found in a row, and then cancelling ends it', async () => {
  const it = await walk();
  it.provider.answers = [() => accepted()];
  await it.step();
  await it.ctx.db.updateTable('intents').set({ settled_at: 0 }).execute();
  const answer = async (code: number) => {
    const no = () => json({ error: { message: 'no' } }, code);
    it.provider.answers = [no, no];
    await it.step();
  };
  for (const code of [503, 503, 503, 503, 404, 404, 404, 404, 503, 404, 404, 404, 404]) await answer(code);
  expect(await look(it)).toMatchObject({ attention: null, phase: 'pending' });
  await answer(404);
  expect(await look(it)).toMatchObject({ attention: 'gone_upstream', phase: 'pending' });
  await cancelBatch(it.ctx, it.batchId);
  for (let i = 0; i < 3; i++) await answer(404);
  expect(await look(it)).toMatchObject({ attention: null, phase: 'cancelled', counts: { missing: 2 } });
});

test('a collection that failed with a full disk goes on when there is room again', async () => {
  const it = await walk();
  it.provider.answers = [() => accepted(), () => jsonl(answered('a'), answered('b'))];
  for (let i = 0; i < 2; i++) await it.step();
  const { index } = it.ctx;
  it.ctx.index = { ...index, ask: () => Promise.reject(new Error('ENOSPC')) };
  for (let i = 0; i < 6; i++) await expect(it.step()).rejects.toThrow('ENOSPC');
  expect(await look(it)).toMatchObject({ phase: 'collecting', attention: 'stalled' });
  it.ctx.index = index;
  await it.step();
  expect(await look(it)).toMatchObject({ phase: 'completed', attention: null });
});

test('a collection that killed the process three times is set aside, and tried again a day later', async () => {
  const it = await walk();
  it.provider.answers = [() => accepted(), () => jsonl(answered('a'), answered('b'))];
  for (let i = 0; i < 2; i++) await it.step();
  await it.ctx.db.updateTable('parts').set({ tries: 3 }).execute();
  await it.step();
  const aside = await look(it);
  expect(aside).toMatchObject({ phase: 'collecting', attention: 'stalled' });
  expect(Date.parse(aside.parts[0]?.nextCheckAt ?? '')).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  await it.step();
  expect(await look(it)).toMatchObject({ phase: 'completed', attention: null });
});

test('a batch that was set aside may be deleted, and nobody works on it any more', async () => {
  const it = await walk();
  it.provider.answers = [() => accepted(), () => jsonl(answered('a'), answered('b'))];
  for (let i = 0; i < 2; i++) await it.step();
  await expect(deleteBatch(it.ctx, it.batchId)).rejects.toMatchObject({ code: 'conflict' });
  await it.ctx.db.updateTable('parts').set({ tries: 3 }).execute();
  await it.step();
  await deleteBatch(it.ctx, it.batchId);
  await expect(look(it)).rejects.toMatchObject({ code: 'not_found' });
  await it.ctx.db.updateTable('parts').set({ due_at: 0 }).execute();
  expect(await claimDue(it.ctx.db, lease.leaseMs, 10)).toEqual([]);
});

test('a batch whose connection is locked says so instead of waiting in silence', async () => {
  const it = await walk();
  it.provider.answers = [() => accepted(), () => status('in_progress')];
  await it.step();
  await step({ ...it.ctx, sandbox: null });
  expect(await look(it)).toMatchObject({ phase: 'pending', attention: 'credential_rejected' });
  await it.step();
  expect(await look(it)).toMatchObject({ phase: 'running', attention: null });
});

test('an unknown word keeps polling and a step back is ignored', async () => {
  const it = await walk();
  it.provider.answers = [
    () => accepted(),
    () => status('in_progress'),
    () => status('pondering'),
    () => status('validating'),
  ];
  for (let i = 0; i < 3; i++) await it.step();
  expect(await look(it)).toMatchObject({ phase: 'running', parts: [{ rawStatus: 'pondering' }] });
  await it.step();
  expect(await look(it)).toMatchObject({ phase: 'running' });
});

test('a cancellation that comes during a look is passed on at once', async () => {
  const it = await walk();
  it.provider.answers = [
    () => accepted(),
    async () => {
      await cancelBatch(it.ctx, it.batchId);
      return status('in_progress');
    },
  ];
  await it.step();
  it.ctx.env = { ...it.ctx.env, BATCHDECK_POLL_SECONDS: { floorMs: 60_000, ceilingMs: 60_000 } };
  await it.step();
  expect((await claimDue(it.ctx.db, 30_000, 1)).length).toBe(1);
});

test('results that a confirmation met are let go', async () => {
  const it = await walk();
  it.provider.answers = [() => new Response('oops', { status: 502 })];
  await it.step();
  await it.ctx.db.updateTable('intents').set({ looks: 9 }).execute();
  it.provider.answers = [() => json({ object: 'list', data: [] })];
  await it.step();
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (to) => to.enqueue(Buffer.from(`${JSON.stringify(answered('a'))}\n`)),
    cancel() {
      cancelled = true;
    },
  });
  it.provider.answers = [() => new Response(endless)];
  const partId = (await look(it)).parts[0]?.id ?? '';
  await decideSubmission(it.ctx, it.batchId, { partId, providerBatchId: 'batch_7' });
  expect(cancelled).toBe(true);
});
