import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { createConnection } from '#lib/connections/create-connection';
import { deleteConnection } from '#lib/connections/delete-connection';
import { pauseConnection } from '#lib/connections/pause-connection';
import { resumeConnection } from '#lib/connections/resume-connection';
import type { Context } from '#lib/context';
import { listResults } from '#lib/results/list-results';
import { claimDue } from '#lib/store/claims';
import { giveUpParts } from '#lib/store/give-up';
import { replicaOf } from '#lib/test-context';
import { cancelBatch } from './cancel-batch.ts';
import { createBatch } from './create-batch.ts';
import { decideSubmission } from './decide-submission.ts';
import { deleteBatch } from './delete-batch.ts';
import { getBatch } from './get-batch.ts';
import { lease } from './hold-claim.ts';
import { accepted, answered, holding, status, step, type Walk, walk } from './lifecycle-kit.ts';
import { loadJob, takeStep } from './part-job.ts';
import { submitPart } from './submit-part.ts';
import { workPart } from './work-part.ts';

const fulfilled = (ends: PromiseSettledResult<unknown>[]) =>
  ends.filter(({ status: end }) => end === 'fulfilled');
const only = async (it: Walk) => (await getBatch(it.ctx, it.batchId)).parts[0]?.id ?? '';

test('two parts that end at once end their batch', async () => {
  const it = await walk();
  await intoTwoParts(it, { phase: 'collecting', ends_as: 'cancelled' });
  const replicas = [it.ctx, await replicaOf(it.ctx)];
  await Promise.all(replicas.map((ctx) => takeOne(ctx)));
  const batch = await getBatch(it.ctx, it.batchId);
  expect(batch).toMatchObject({ phase: 'cancelled', counts: { cancelled: 2, pending: 0 } });
  expect(batch.times.finished).not.toBeNull();
});

test('many steps of two parts at once leave the batch the sum of both', async () => {
  const it = await walk();
  await intoTwoParts(it, { phase: 'running', provider_batch_id: 'batch_1' });
  const replicas = [it.ctx, await replicaOf(it.ctx)];
  for (let n = 1; n <= 10; n++) {
    await it.ctx.db.updateTable('parts').set({ due_at: 0, lease_until: 0 }).execute();
    await Promise.all(
      replicas.map(async (ctx) => {
        const [claim] = await claimDue(ctx.db, 30_000, 1);
        if (!claim) throw new Error('nothing was due');
        await takeStep(ctx, await loadJob(ctx, claim, holding), { part: { succeeded: n }, inMs: 60_000 });
      }),
    );
    expect((await getBatch(it.ctx, it.batchId)).counts.succeeded).toBe(2 * n);
  }
});

test('an index that was built without a part that ended meanwhile is not shown', async () => {
  const it = await walk();
  const [, second] = await intoTwoParts(it, { phase: 'running', provider_batch_id: 'batch_1' });
  const [first] = await it.ctx.db.selectFrom('parts').select('id').orderBy('n').execute();
  const end = { phase: 'collecting', ends_as: 'completed', due_at: 0 } as const;
  const key = 'results/late.jsonl';
  const late = async () => {
    await it.ctx.blobs.put(key, bytes(`${JSON.stringify(answered('b', 'from b'))}\n`));
    const segments = JSON.stringify([key]);
    await it.ctx.db
      .updateTable('parts')
      .set({ ...end, segments })
      .where('id', '=', second)
      .execute();
  };
  await it.ctx.db
    .updateTable('parts')
    .set({ ...end, provider_batch_id: 'batch_0' })
    .where('id', '=', first?.id ?? '')
    .execute();
  await it.ctx.db
    .updateTable('parts')
    .set({ due_at: Date.now() + 60_000 })
    .where('id', '=', second)
    .execute();
  const { index } = it.ctx;
  const ask: typeof index.ask = async (name, order) => {
    const answer = await index.ask(name, order);
    if (name === 'build') await late();
    return answer;
  };
  await takeOne({ ...it.ctx, index: { ...index, ask } });
  const row = it.ctx.db.selectFrom('batches').select('index_key');
  expect(await row.executeTakeFirst()).toEqual({ index_key: null });
  await it.step();
  await it.step();
  expect(await getBatch(it.ctx, it.batchId)).toMatchObject({ phase: 'completed' });
  const { items } = await listResults(it.ctx, it.batchId, { outcome: [], cursor: 0, limit: 50 });
  expect(items.map(({ outcome }) => outcome)).toEqual(['missing', 'succeeded']);
});

test('a batch cancelled while its part is taken up is never sent', async () => {
  const it = await walk();
  const [claim] = await claimDue(it.ctx.db, 30_000, 1);
  if (!claim) throw new Error('nothing was due');
  const job = await loadJob(it.ctx, claim, holding);
  await cancelBatch(await replicaOf(it.ctx), it.batchId);
  it.provider.answers = [() => accepted()];
  await submitPart(it.ctx, job);
  await step(it.ctx);
  expect(await getBatch(it.ctx, it.batchId)).toMatchObject({ phase: 'cancelled' });
  expect(it.provider.creates()).toEqual([]);
});

test('a create whose claim is lost while its lines leave is broken off', async () => {
  const it = await walk();
  const [claim] = await claimDue(it.ctx.db, 30_000, 1);
  if (!claim) throw new Error('nothing was due');
  let asked = 0;
  // Once before the call, once a line to measure the body, once a line that leaves.
  const isHeld = () => ++asked < 5;
  await submitPart(it.ctx, await loadJob(it.ctx, claim, { ...holding, isHeld }));
  expect(it.provider.creates()).toEqual([]);
  const intent = it.ctx.db.selectFrom('intents').select('state');
  expect(await intent.execute()).toEqual([{ state: 'abandoned' }]);
});

test('a pause that ends while a part is taken up holds it no more', async () => {
  const it = await walk();
  const { connection } = await getBatch(it.ctx, it.batchId);
  await pauseConnection(it.ctx, connection.id, { why: 'A bill is open.' });
  const [claim] = await claimDue(it.ctx.db, 30_000, 1);
  if (!claim) throw new Error('nothing was due');
  const job = await loadJob(it.ctx, claim, holding);
  await resumeConnection(await replicaOf(it.ctx), connection.id);
  await submitPart(it.ctx, job);
  expect(await getBatch(it.ctx, it.batchId)).toMatchObject({ attention: null, parts: [{ hold: null }] });
  expect(await claimDue(it.ctx.db, 30_000, 1)).toHaveLength(1);
});

test('a connection is deleted or used, never both', async () => {
  const it = await walk();
  const other = await replicaOf(it.ctx);
  const { file } = await getBatch(it.ctx, it.batchId);
  for (let n = 0; n < 15; n++) {
    const { id } = await createConnection(it.ctx, { name: `box ${n}`, preset: 'sandbox' });
    const order = { fileId: file.id, connection: id, name: 'Racing' };
    const ends = await Promise.allSettled([createBatch(it.ctx, order), deleteConnection(other, id)]);
    expect(fulfilled(ends)).toHaveLength(1);
  }
});

test('who gives a part up and who takes its step do not wait for each other', async () => {
  const it = await walk();
  const partId = await lost(it.ctx, await only(it));
  const other = await replicaOf(it.ctx);
  let givingUp: Promise<void> = Promise.resolve();
  await it.ctx.db.transaction().execute(async (trx) => {
    await trx.updateTable('parts').set({ wait_ms: 1 }).where('id', '=', partId).execute();
    const error = { code: 'gone', message: 'Gone.' };
    givingUp = other.db.transaction().execute((second) => giveUpParts(second, [it.batchId], error, 0));
    if (other.db !== it.ctx.db) await vi.waitFor(async () => expect(await keptWaiting(trx)).toBe(1), 10_000);
    await trx.updateTable('intents').set({ looks: 11 }).where('part_id', '=', partId).execute();
  });
  await givingUp;
  expect(await getBatch(it.ctx, it.batchId)).toMatchObject({ parts: [{ phase: 'collecting' }] });
});

test('of two decisions at once one counts', async () => {
  for (let n = 0; n < 5; n++) {
    const it = await walk();
    const partId = await lost(it.ctx, await only(it));
    const replica = await replicaOf(it.ctx);
    const ends = await Promise.allSettled([
      decideSubmission(it.ctx, it.batchId, { partId, action: 'give_up' }),
      decideSubmission(replica, it.batchId, { partId, action: 'resend' }),
    ]);
    expect(fulfilled(ends)).toHaveLength(1);
    const told = it.ctx.db
      .selectFrom('events')
      .select('verb')
      .where('verb', 'in', ['batch.given_up', 'batch.sent_again']);
    expect(await told.execute()).toHaveLength(1);
  }
});

test('one batch at the provider is given to one part, however many people name it', async () => {
  const it = await walk();
  const { file, connection } = await getBatch(it.ctx, it.batchId);
  const second = await createBatch(it.ctx, { fileId: file.id, connection: connection.id, name: 'Second' });
  const parts = [await only(it), second.parts[0]?.id ?? ''];
  for (const id of parts) await lost(it.ctx, id);
  it.provider.answers = [() => status('in_progress'), () => status('in_progress')];
  const ends = await Promise.allSettled([
    decideSubmission(it.ctx, it.batchId, { partId: parts[0] ?? '', providerBatchId: 'batch_7' }),
    decideSubmission(await replicaOf(it.ctx), second.id, {
      partId: parts[1] ?? '',
      providerBatchId: 'batch_7',
    }),
  ]);
  expect(fulfilled(ends)).toHaveLength(1);
});

test('a batch is deleted once', async () => {
  const it = await walk();
  await it.ctx.db.updateTable('batches').set({ phase: 'completed' }).execute();
  const replicas = await Promise.all([0, 1, 2].map(() => replicaOf(it.ctx)));
  const ends = await Promise.allSettled(replicas.map((ctx) => deleteBatch(ctx, it.batchId)));
  expect(fulfilled(ends)).toHaveLength(1);
});

async function takeOne(ctx: Context): Promise<void> {
  for (const due of await claimDue(ctx.db, 30_000, 1)) await workPart(ctx, due, lease);
}

async function intoTwoParts({ ctx }: Walk, both: object): Promise<[string, string]> {
  const part = await ctx.db.selectFrom('parts').selectAll().executeTakeFirstOrThrow();
  const id = `${part.id}_2`;
  await ctx.db
    .insertInto('parts')
    .values({ ...part, id, n: 2, first_ordinal: 2, ...both })
    .execute();
  await ctx.db
    .updateTable('parts')
    .set({ last_ordinal: 1, ...both })
    .where('id', '=', part.id)
    .execute();
  return [part.id, id];
}

/** How many others of a Postgres server wait for this transaction. */
async function keptWaiting(trx: Context['db']): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))`.execute(
    trx,
  );
  return rows[0]?.n ?? 0;
}

/** As a part stands when its create call was lost and looking did not settle it. */
async function lost({ db, workspace }: Context, partId: string): Promise<string> {
  const intent = { workspace, part_id: partId, nonce: 'n', state: 'lost', fence: 0, looks: 10 } as const;
  await db
    .insertInto('intents')
    .values({ ...intent, id: `int_${partId}`, created_at: 0, sent_at: 0, settled_at: null })
    .execute();
  const needy = { phase: 'submitting', attention: 'needs_decision' } as const;
  await db.updateTable('parts').set(needy).where('id', '=', partId).execute();
  return partId;
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
