import { afterEach, expect, test, vi } from 'vitest';
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
