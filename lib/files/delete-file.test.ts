import { beforeEach, expect, test } from 'vitest';
import { deleteBatch } from '#lib/batches/delete-batch';
import type { Context } from '#lib/context';
import { replicaOf } from '#lib/test-context';
import { deleteFile } from './delete-file.ts';
import { describeFile } from './describe-file.ts';
import { batchOf, filesContext, keep, params } from './files-kit.ts';
import { getFile } from './get-file.ts';
import { listFiles } from './list-files.ts';
import { listFindings } from './list-findings.ts';
import { repairFile } from './repair-file.ts';

let ctx: Context;
beforeEach(async () => {
  ctx = await filesContext();
});

const gone = { status: 404 };

test('a file goes with its findings and its bytes, and is told of', async () => {
  const { id } = await keep(ctx, 'nonsense\n');
  await deleteFile(ctx, id);
  await expect(getFile(ctx, id)).rejects.toMatchObject(gone);
  await expect(listFindings(ctx, id, { cursor: 0, limit: 1 })).rejects.toMatchObject(gone);
  await expect(deleteFile(ctx, id)).rejects.toMatchObject(gone);
  expect(await ctx.db.selectFrom('findings').selectAll().execute()).toEqual([]);
  expect(await Array.fromAsync(ctx.blobs.list('files/'))).toEqual([]);
  const { verb, data } = await ctx.db
    .selectFrom('events')
    .select(['verb', 'data'])
    .orderBy('seq', 'desc')
    .executeTakeFirstOrThrow();
  expect([verb, JSON.parse(data)]).toEqual(['file.deleted', { name: 'a.jsonl' }]);
});

test('a file that a batch needs stays, and the answer names the batch', async () => {
  const file = await keep(ctx, params('a'));
  const first = await batchOf(ctx, file, 'Reviews');
  const refusal = (words: string) => expect(deleteFile(ctx, file.id)).rejects.toThrow(words);
  await refusal('The batch “Reviews” needs this file. Delete the batch first.');
  const second = await batchOf(ctx, file, 'Again');
  await refusal('The batch “Again” and 1 other need this file. Delete the batches first.');
  await ctx.db.updateTable('batches').set({ phase: 'completed' }).execute();
  for (const { id } of [first, second]) await deleteBatch(ctx, id);
  await deleteFile(ctx, file.id);
  await expect(getFile(ctx, file.id)).rejects.toMatchObject(gone);
});

test('a batch and a deletion that meet end with both or with neither', async () => {
  const replica = await replicaOf(ctx);
  for (let round = 0; round < 10; round++) {
    const file = await keep(ctx, params('a'));
    const [made, deleted] = await Promise.allSettled([batchOf(ctx, file), deleteFile(replica, file.id)]);
    expect([made.status, deleted.status].sort()).toEqual(['fulfilled', 'rejected']);
    const { status } = deleted;
    if (status === 'rejected') expect((await getFile(ctx, file.id)).id).toBe(file.id);
    else await expect(getFile(ctx, file.id)).rejects.toMatchObject(gone);
  }
});

test('viewers delete nothing', async () => {
  const { id } = await keep(ctx, params('a'));
  const viewer = { ...ctx, actor: { ...ctx.actor, role: 'viewer' } } as Context;
  await expect(deleteFile(viewer, id)).rejects.toMatchObject({ status: 403 });
});

test('a list says what became of each file', async () => {
  const file = await keep(ctx, params('a'), 'rows.jsonl');
  const made = await repairFile(ctx, file.id, { repairs: [{ kind: 'newlines' }] });
  const batch = await batchOf(ctx, made, 'Reviews');
  const [first, second] = (await listFiles(ctx, { limit: 50 })).items;
  expect(first).toMatchObject({
    id: made.id,
    origin: { id: file.id, name: 'rows.jsonl' },
    derived: 0,
    usedBy: { total: 1, newest: [{ id: batch.id, name: 'Reviews' }] },
  });
  expect(second).toMatchObject({ id: file.id, origin: null, derived: 1, usedBy: { total: 0, newest: [] } });
  await deleteFile(ctx, file.id);
  expect((await describeFile(ctx, made.id)).origin).toEqual({ id: file.id, name: null });
});

test('a list is searched by name, id and model, in any case and without wildcards', async () => {
  const plain = await keep(ctx, params('a'), 'Rows 100%.jsonl');
  const other = await keep(ctx, params('a').replace('"m"', '"Größe_1"'), 'other.jsonl');
  const found = async (q: string) => (await listFiles(ctx, { q, limit: 50 })).items.map(({ id }) => id);
  expect(await found('rows')).toEqual([plain.id]);
  expect(await found('100%')).toEqual([plain.id]);
  expect(await found('%_%')).toEqual([]);
  expect(await found('GRÖSSE_1')).toEqual([]);
  expect(await found('GRÖßE_1')).toEqual([other.id]);
  expect(await found(plain.id)).toEqual([plain.id]);
  expect(await found('')).toHaveLength(2);
});
