import { expect, test } from 'vitest';
import { changeMany } from './change-many.ts';
import { createBatch } from './create-batch.ts';
import { getBatch } from './get-batch.ts';
import { walk } from './lifecycle-kit.ts';
import { listBatches } from './list-batches.ts';
import { listChoices } from './list-choices.ts';

async function three() {
  const it = await walk();
  const { file } = await getBatch(it.ctx, it.batchId);
  const more = await Promise.all(
    ['Two', 'Three'].map((name) => createBatch(it.ctx, { fileId: file.id, connection: 'Sandbox', name })),
  );
  return { ...it, ids: [it.batchId, ...more.map(({ id }) => id)] };
}
const all = { sort: '-created', limit: 50 } as const;

test('tags are given to and taken from many at once, and are then there to choose from', async () => {
  const { ctx, ids } = await three();
  expect(await changeMany(ctx, { action: 'tag', ids, add: ['a', 'b'], remove: [] })).toEqual({
    done: 3,
    skipped: [],
  });
  await changeMany(ctx, { action: 'tag', ids: ids.slice(0, 1), add: ['c'], remove: ['a'] });
  expect((await getBatch(ctx, ids[0] ?? '')).tags).toEqual(['b', 'c']);
  expect((await listChoices(ctx)).tags).toEqual([
    { value: 'b', label: 'b', count: 3 },
    { value: 'a', label: 'a', count: 2 },
    { value: 'c', label: 'c', count: 1 },
  ]);
});

test('a whole filter is changed only while it finds as many as the person was told', async () => {
  const { ctx } = await three();
  const change = { action: 'cancel', filter: { view: 'running' } } as const;
  await expect(changeMany(ctx, { ...change, count: 2 })).rejects.toMatchObject({
    code: 'conflict',
    details: { count: 3 },
  });
  expect(await changeMany(ctx, { ...change, count: 3 })).toEqual({ done: 3, skipped: [] });
  const { items } = await listBatches(ctx, all);
  for (const { id } of items) {
    const { cancel_asked_at } = await ctx.db
      .selectFrom('parts')
      .select('cancel_asked_at')
      .where('batch_id', '=', id)
      .executeTakeFirstOrThrow();
    expect(cancel_asked_at).not.toBeNull();
  }
});

test('what cannot be changed is named and holds up none of the others', async () => {
  const { ctx, ids } = await three();
  await ctx.db.updateTable('batches').set({ phase: 'completed' }).where('id', 'in', ids.slice(1)).execute();
  const answer = await changeMany(ctx, { action: 'delete', ids: [...ids, 'bat_of_nobody'] });
  expect(answer.done).toBe(2);
  expect(answer.skipped.map(({ id }) => id).sort()).toEqual(['bat_of_nobody', ids[0]].sort());
  expect((await listBatches(ctx, all)).total).toBe(1);
});

test('a viewer changes nothing', async () => {
  const { ctx, ids } = await three();
  const actor = { ...ctx.actor, role: 'viewer' } as typeof ctx.actor;
  const asked = changeMany({ ...ctx, actor }, { action: 'cancel', ids });
  await expect(asked).rejects.toMatchObject({ code: 'forbidden' });
});

test('a token that does not reach a batch learns nothing of it, however it asks', async () => {
  const { ctx, ids } = await three();
  const actor = { kind: 'token', userId: 'usr_1', name: 'ci', role: 'operator', tokenId: 'tok_1' } as const;
  const narrow = { ...ctx, actor: { ...actor, connectionId: 'con_other' } };
  const tags = { action: 'tag', add: [], remove: ['none'] } as const;
  for (const change of [tags, { ...tags, add: ['a'] }, { action: 'delete' }, { action: 'cancel' }] as const) {
    const asked = { ...change, ids: [ids[0] ?? '', 'bat_of_nobody'] } as Parameters<typeof changeMany>[1];
    const { done, skipped } = await changeMany(narrow, asked);
    expect(done).toBe(0);
    expect(new Set(skipped.map(({ reason }) => reason)).size).toBe(1);
  }
});
