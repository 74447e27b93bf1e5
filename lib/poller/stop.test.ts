import { afterEach, expect, test, vi } from 'vitest';
import { accepted, answered, jsonl, walk } from '#lib/batches/lifecycle-kit';
import type { Context } from '#lib/context';
import { testContext } from '#lib/test-context';
import { startPoller } from './poller.ts';
import { schedule } from './schedule.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('a store that answers no more does not keep the clock from stopping', async () => {
  const ctx = await testContext();
  const asked = Promise.withResolvers<void>();
  const transformResult = () => {
    asked.resolve();
    return new Promise<never>(() => {});
  };
  const db: Context['db'] = ctx.db.withPlugin({ transformQuery: ({ node }) => node, transformResult });
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
  const poller = startPoller({ ...ctx, db });
  await asked.promise;
  const stopped = poller.stop().then(() => 'stopped');
  await vi.advanceTimersByTimeAsync(schedule.drainMs);
  expect(await Promise.race([stopped, new Promise((resolve) => setImmediate(resolve, 'runs on'))])).toBe(
    'stopped',
  );
});

test('collecting that a stop breaks off counts as no try and is free at once', async () => {
  const it = await walk();
  it.provider.answers = [() => accepted(), () => jsonl(answered('a'), answered('b'))];
  for (let i = 0; i < 2; i++) await it.step();
  const begun = Promise.withResolvers<void>();
  const ask = () => {
    begun.resolve();
    return new Promise<never>(() => {});
  };
  await it.ctx.db.updateTable('parts').set({ due_at: 0 }).execute();
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
  const poller = startPoller({ ...it.ctx, index: { ...it.ctx.index, ask } });
  await begun.promise;
  const part = it.ctx.db.selectFrom('parts').select(['phase', 'tries', 'lease_until']);
  expect(await part.executeTakeFirst()).toMatchObject({ phase: 'collecting', tries: 1 });
  const stopped = poller.stop();
  await vi.advanceTimersByTimeAsync(schedule.drainMs);
  await stopped;
  expect(await part.executeTakeFirst()).toEqual({ phase: 'collecting', tries: 0, lease_until: 0 });
});
