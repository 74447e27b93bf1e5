import { expect, test } from 'vitest';
import type { Context } from '#lib/context';
import type { BatchesQuery } from '#lib/model/batch.schema';
import { batchSorts } from '#lib/model/batch-sort';
import { walk } from './lifecycle-kit.ts';
import { countViews, listBatches } from './list-batches.ts';

const newest: BatchesQuery = { sort: '-created', limit: 10 };

test('a batch is found by its name in any script and any case, and by % as itself', async () => {
  const { ctx } = await walk();
  const found = async (name: string, q: string) => {
    await ctx.db.updateTable('batches').set({ name }).execute();
    return (await listBatches(ctx, { ...newest, q })).total === 1;
  };
  for (const q of ['Étude', 'étude', 'ÉTUDE', 'ärzte'])
    expect(await found('Étude für Ärzte', q), q).toBe(true);
  expect(await found('Вся жизнь', 'ЖИЗНЬ')).toBe(true);
  expect(await found('50% off', '50% ')).toBe(true);
  expect(await found('500 off', '50% ')).toBe(false);
});

test('pages follow one another in every order, whatever was made in the same moment', async () => {
  const { ctx } = await walk();
  await copyBatch(ctx, 6);
  for (const sort of batchSorts) {
    const seen = await everyPage(ctx, { sort, limit: 2 });
    expect(new Set(seen).size, sort).toBe(7);
    expect(seen, sort).toHaveLength(7);
    expect(seen, sort).toEqual(await everyPage(ctx, { sort, limit: 100 }));
  }
});

test('a row that comes in while one turns pages shifts no other', async () => {
  const { ctx } = await walk();
  await copyBatch(ctx, 4);
  const first = await listBatches(ctx, { ...newest, limit: 2 });
  const later = await ctx.db.selectFrom('batches').selectAll().executeTakeFirstOrThrow();
  await ctx.db
    .insertInto('batches')
    .values({ ...later, id: `bat_${'f'.repeat(32)}`, created_at: later.created_at + 1_000 })
    .execute();
  const rest = await everyPage(ctx, { sort: '-created', limit: 2, cursor: first.nextCursor ?? '' });
  expect(new Set([...first.items.map(({ id }) => id), ...rest]).size).toBe(5);
});

test('a cursor that is none of ours is refused in words', async () => {
  const { ctx } = await walk();
  const forged = ['', 'x', Buffer.from('[1,"bat_x"]').toString('base64url'), '%00', 'W10'];
  for (const cursor of forged)
    await expect(listBatches(ctx, { ...newest, cursor })).rejects.toMatchObject({ code: 'invalid' });
});

test('the tiles count what the list behind each of them shows', async () => {
  const { ctx } = await walk();
  await copyBatch(ctx, 6);
  const over = { phase: 'failed', finished_at: Date.now() } as const;
  await ctx.db.updateTable('batches').set(over).where('failed', '=', 1).execute();
  const stalled = ctx.db.updateTable('batches').set({ attention: 'stalled' });
  await stalled.where('cost_nano', '=', 2).execute();
  const counts = await countViews(ctx);
  expect(counts).toEqual({ 'needs-you': 1, running: 4, today: 3, all: 7 });
  for (const [view, count] of Object.entries(counts))
    expect((await listBatches(ctx, { ...newest, view: view as keyof typeof counts })).total).toBe(count);
});

test('a place in one order is refused in another', async () => {
  const { ctx } = await walk();
  await copyBatch(ctx, 1);
  for (const [from, to] of [
    ['name', '-created'],
    ['-cost', 'name'],
  ] as const) {
    const { nextCursor } = await listBatches(ctx, { ...newest, sort: from, limit: 1 });
    const page = listBatches(ctx, { ...newest, sort: to, cursor: nextCursor ?? '' });
    await expect(page).rejects.toMatchObject({ code: 'invalid' });
  }
});

test('the list is narrowed by tag, connection, owner, phase and the words of its metadata', async () => {
  const { ctx, batchId } = await walk();
  await copyBatch(ctx, 2);
  await ctx.db
    .updateTable('batches')
    .set({ tags: '["night,ly","reviews"]', metadata: '{"run":"Zürich-7"}' })
    .where('id', '=', batchId)
    .execute();
  const total = async (filter: Partial<BatchesQuery>) =>
    (await listBatches(ctx, { ...newest, ...filter })).total;
  expect(await total({ tag: ['reviews'] })).toBe(1);
  expect(await total({ tag: ['review'] })).toBe(0);
  expect(await total({ tag: ['reviews', 'other'] })).toBe(1);
  expect(await total({ q: 'zürich-7' })).toBe(1);
  expect(await total({ connection: ['Sandbox'] })).toBe(3);
  expect(await total({ connection: ['Elsewhere'] })).toBe(0);
  expect(await total({ phase: ['queued'], connection: ['Sandbox', 'Elsewhere'] })).toBe(3);
  expect(await total({ owner: ['nobody@example.com'] })).toBe(0);
});

async function everyPage(ctx: Context, query: Partial<BatchesQuery>): Promise<string[]> {
  const seen: string[] = [];
  let cursor = query.cursor;
  do {
    const page = await listBatches(ctx, { ...newest, ...query, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return seen;
}

async function copyBatch({ db }: Context, times: number): Promise<void> {
  const row = await db.selectFrom('batches').selectAll().executeTakeFirstOrThrow();
  const copies = Array.from({ length: times }, (_, n) => ({
    ...row,
    id: `bat_${`${n}`.repeat(32)}`,
    name: n % 2 === 0 ? row.name : `Copy ${n}`,
    cost_nano: n % 3 === 0 ? null : n,
    failed: n % 2,
    finished_at: n % 2 === 0 ? null : n,
  }));
  await db.insertInto('batches').values(copies).execute();
}
