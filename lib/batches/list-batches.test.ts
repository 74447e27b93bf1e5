import { expect, test } from 'vitest';
import type { Context } from '#lib/context';
import type { BatchesQuery } from '#lib/model/batch.schema';
import { walk } from './lifecycle-kit.ts';
import { listBatches } from './list-batches.ts';

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

test('pages follow one another whatever was made in the same moment', async () => {
  const { ctx } = await walk();
  await copyBatch(ctx, 4);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listBatches(ctx, { ...newest, limit: 2, ...(cursor ? { cursor } : {}) });
    expect(page.total).toBe(5);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(new Set(seen).size).toBe(5);
  expect(seen).toHaveLength(5);
});

async function copyBatch({ db }: Context, times: number): Promise<void> {
  const row = await db.selectFrom('batches').selectAll().executeTakeFirstOrThrow();
  const copies = Array.from({ length: times }, (_, n) => ({ ...row, id: `bat_${`${n}`.repeat(32)}` }));
  await db.insertInto('batches').values(copies).execute();
}
