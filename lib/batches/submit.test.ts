import { beforeEach, expect, test, vi } from 'vitest';
import { replicaOf } from '#lib/test-context';
import { batchEvents } from './batch-events.ts';
import { createBatch } from './create-batch.ts';
import { getBatch } from './get-batch.ts';
import { type Walk, walk } from './lifecycle-kit.ts';
import { frail } from './outage-kit.ts';
import { onStage, type Scripted, says, took } from './scripted-provider-kit.ts';

const here = vi.hoisted(() => ({ provider: {} as unknown }));
vi.mock('#lib/providers/registry', () => ({ providerFor: () => here.provider }));

let provider: Scripted;
let it: Walk;
beforeEach(async () => {
  provider = onStage(here, { upload: true, findsBy: 'file' });
  it = await walk();
});

const look = () => getBatch(it.ctx, it.batchId);
const intents = () => it.ctx.db.selectFrom('intents').selectAll().orderBy('fence').execute();
const names = () => provider.calls.map(({ name }) => name);

test('a file goes first, and its id stands on the intent before the create leaves', async () => {
  provider.script.upload = [{ kind: 'uploaded', fileId: 'file_1' }];
  provider.script.create = [
    async () => {
      expect(await intents()).toMatchObject([{ state: 'sent', input_file_id: 'file_1' }]);
      return took();
    },
  ];
  await it.step();
  expect(names()).toEqual(['upload', 'create']);
  expect(provider.named('create')[0]?.input).toMatchObject({ inputFileId: 'file_1' });
  expect(await look()).toMatchObject({ phase: 'pending', parts: [{ providerBatchId: 'batch_1' }] });
});

test('a file that is still being looked at is asked for again, and not sent again', async () => {
  provider.script.upload = [
    { kind: 'processing', fileId: 'file_1', retryAfterMs: null },
    { kind: 'uploaded', fileId: 'file_1' },
  ];
  provider.script.create = [took()];
  await it.step();
  expect(await look()).toMatchObject({ phase: 'submitting', attention: null });
  await it.step();
  expect(provider.named('upload').map(({ input }) => input?.inputFileId)).toEqual([null, 'file_1']);
  expect(await intents()).toMatchObject([{ state: 'bound', input_file_id: 'file_1' }]);
});

test('a lost upload is done over under the same intent', async () => {
  provider.script.upload = [
    { kind: 'trouble', message: 'socket hang up', retryAfterMs: null },
    { kind: 'uploaded', fileId: 'file_2' },
  ];
  provider.script.create = [took()];
  await it.step();
  expect(await look()).toMatchObject({ phase: 'queued', attention: null });
  await it.step();
  expect(names()).toEqual(['upload', 'upload', 'create']);
  expect(await intents()).toHaveLength(1);
});

test('a file that is refused ends the part with the words of the provider', async () => {
  provider.script.upload = [{ kind: 'refused', code: 'bad_file', message: 'Not JSONL.', httpStatus: 400 }];
  await it.step();
  expect(await look()).toMatchObject({ phase: 'collecting', parts: [{ error: { message: 'Not JSONL.' } }] });
  expect(provider.named('create')).toEqual([]);
});

test('a create that was turned away waits as long as it was told, with the file it has', async () => {
  provider.script.upload = [{ kind: 'uploaded', fileId: 'file_1' }];
  provider.otherwise.upload = { kind: 'uploaded', fileId: 'file_1' };
  provider.script.create = [{ kind: 'wait', retryAfterMs: 600_000, message: 'Slow down.' }, took()];
  await it.step();
  const [part] = (await look()).parts;
  expect(part).toMatchObject({ phase: 'queued', failures: 1, hold: null });
  expect(Date.parse(part?.nextCheckAt ?? '')).toBeGreaterThan(Date.now() + 590_000);
  await it.step();
  expect(provider.named('create').map(({ input }) => input?.inputFileId)).toEqual(['file_1', 'file_1']);
  expect((await intents()).map(({ state }) => state)).toEqual(['refused', 'bound']);
});

test('a create that is turned away for long is told once and then as unreachable', async () => {
  provider = onStage(here);
  provider.otherwise.create = { kind: 'wait', retryAfterMs: null, message: 'Overloaded.' };
  for (let i = 0; i < 7; i++) await it.step();
  expect(await look()).toMatchObject({ phase: 'queued', attention: 'unreachable', parts: [{ failures: 7 }] });
  const verbs = (await batchEvents(it.ctx, it.batchId)).map(({ verb }) => verb);
  expect(verbs.filter((verb) => verb === 'batch.not_sent')).toHaveLength(2);
});

test('pairs and headers of the batch go with each of its calls and into its record', async () => {
  provider = onStage(here, { takesMetadata: true });
  const { file } = await look();
  const order = { fileId: file.id, connection: 'Sandbox', name: 'Own', metadata: { team: 'red' } };
  const { id } = await createBatch(it.ctx, order);
  provider.script.create = [took('batch_1'), took('batch_2')];
  await it.step();
  expect(provider.named('create').map(({ input }) => input?.metadata)).toContainEqual({ team: 'red' });
  expect(await getBatch(it.ctx, id)).toMatchObject({ metadata: { team: 'red' }, headers: {} });
  const secret = { ...order, headers: { 'x-api-key': 'mine' } };
  await expect(createBatch(it.ctx, secret)).rejects.toMatchObject({ code: 'invalid' });
});

test('fifty orders with one key over three replicas make one batch at the provider', async () => {
  provider = onStage(here);
  const { file } = await look();
  await it.ctx.db.deleteFrom('parts').execute();
  const order = { fileId: file.id, connection: 'Sandbox', name: 'Once' };
  const replicas = [it.ctx, await replicaOf(it.ctx), await replicaOf(it.ctx)];
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => createBatch(replicas[n % 3] ?? it.ctx, order, 'draft-1')),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  provider.otherwise.create = took();
  provider.otherwise.poll = says();
  for (let n = 0; n < 3; n++) await it.step();
  expect(provider.named('create')).toHaveLength(1);
  const later = { ...it.ctx, clock: () => Date.now() + 25 * 3_600_000 };
  expect(JSON.stringify(await createBatch(later, order, 'draft-1'))).toBe(JSON.stringify(answers[0]));
  const changed = createBatch(it.ctx, { ...order, name: 'Twice' }, 'draft-1');
  await expect(changed).rejects.toMatchObject({ code: 'conflict' });
});

test('a retry reads the lines of its own attempt', async () => {
  const { blobKey, id } = await derived('{"custom_id":"b","params":{"model":"m","messages":[]}}\n');
  await it.ctx.db.updateTable('attempts').set({ file_id: id }).execute();
  await it.ctx.db.updateTable('parts').set({ last_ordinal: 1 }).execute();
  provider.script.upload = [{ kind: 'uploaded', fileId: 'file_1' }];
  provider.script.create = [took()];
  await it.step();
  expect(blobKey).toContain(id);
  expect(provider.named('create')[0]?.lines).toBe('{"custom_id":"b","params":{"model":"m","messages":[]}}');
});

async function derived(text: string): Promise<{ id: string; blobKey: string }> {
  const original = await it.ctx.db.selectFrom('files').selectAll().executeTakeFirstOrThrow();
  const file = { ...original, id: 'fil_derived', blob_key: 'files/fil_derived', requests: 1 };
  async function* body() {
    yield Buffer.from(text);
  }
  await it.ctx.blobs.put(file.blob_key, body());
  await it.ctx.db.insertInto('files').values(file).execute();
  return { id: file.id, blobKey: file.blob_key };
}

test('an answer is written down however often the store fails meanwhile', async () => {
  provider = onStage(here);
  const { db, fail } = frail(it.ctx.db);
  it.ctx.db = db;
  provider.script.create = [
    () => {
      fail(2);
      return took();
    },
  ];
  await it.step();
  expect(await look()).toMatchObject({ phase: 'pending', parts: [{ providerBatchId: 'batch_1' }] });
  expect(await intents()).toMatchObject([{ state: 'bound', provider_batch_id: 'batch_1' }]);
  expect(names()).toEqual(['create']);
});

test('an answer that comes too late is kept on its intent, also where the store fails meanwhile', async () => {
  provider = onStage(here);
  const whole = it.ctx.db;
  const { db, fail } = frail(whole);
  it.ctx.db = db;
  provider.script.create = [
    async () => {
      await whole.updateTable('parts').set({ fence: 99 }).execute();
      fail(1);
      return took();
    },
  ];
  await it.step();
  expect(await intents()).toMatchObject([{ state: 'sent', provider_batch_id: 'batch_1' }]);
});
