import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { replicaOf, testContext } from '#lib/test-context';
import { forgetReplays } from './forget-replays.ts';
import { once } from './once.ts';

test('fifty parallel calls with one key write once and hear the same answer', async () => {
  const ctx = await testContext();
  const replicas = [ctx, await replicaOf(ctx)];
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      once(replicas[i % 2] ?? ctx, 'key', { a: 1 }, async () => async (trx) => {
        const made = { name: `made-${i}`, value: '' };
        await trx.insertInto('settings').values(made).execute();
        return made;
      }),
    ),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  const made = await ctx.db.selectFrom('settings').selectAll().where('name', 'like', 'made-%').execute();
  expect(made).toEqual([answers[0]]);
});

test('a call with a key that another is just using waits for it and hears its answer', async () => {
  const ctx = await testContext();
  const other = await replicaOf(ctx);
  const gate = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<void>();
  const first = once(ctx, 'key', { a: 1 }, async () => async () => {
    entered.resolve();
    await gate.promise;
    return 'first';
  });
  await entered.promise;
  let heard = false;
  const second = once(other, 'key', { a: 1 }, async () => async () => 'second').finally(() => {
    heard = true;
  });
  const clash = once(other, 'key', { a: 2 }, async () => async () => 'third');
  clash.catch(() => {});
  await sleep(150);
  expect(heard).toBe(false);
  gate.resolve();
  expect(await Promise.all([first, second])).toEqual(['first', 'first']);
  await expect(clash).rejects.toMatchObject({ code: 'conflict' });
});

test('the same key with another body is a conflict', async () => {
  const ctx = await testContext();
  const write = async () => async () => ({ id: 'made' });
  await once(ctx, 'key', { a: 1 }, write);
  await expect(once(ctx, 'key', { a: 2 }, write)).rejects.toMatchObject({ code: 'conflict' });
});

test('a failed create leaves the key free', async () => {
  const ctx = await testContext();
  const failing = once(ctx, 'key', {}, async () => async () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(await once(ctx, 'key', {}, async () => async () => 'made')).toBe('made');
});

test('a key of one token says nothing to another token of the same person', async () => {
  const ctx = await testContext();
  const { userId } = ctx.actor as { userId: string };
  const token = {
    kind: 'token',
    userId,
    name: 'a',
    role: 'operator',
    tokenId: 'tok_a',
    connectionId: null,
  } as const;
  const write = (id: string) => async () => async () => id;
  expect(await once({ ...ctx, actor: token }, 'key', {}, write('first'))).toBe('first');
  const other = { ...token, tokenId: 'tok_b' };
  expect(await once({ ...ctx, actor: other }, 'key', {}, write('second'))).toBe('second');
});

test('an answer is forgotten after a month, and not before', async () => {
  const ctx = await testContext();
  const day = 24 * 3_600_000;
  const made = (age: number) =>
    once({ ...ctx, clock: () => Date.now() - age * day }, `key-${age}`, {}, async () => async () => age);
  for (const age of [29, 31]) await made(age);
  await forgetReplays(ctx);
  const left = await ctx.db.selectFrom('replays').select('key').execute();
  expect(left).toEqual([{ key: 'key-29' }]);
});
