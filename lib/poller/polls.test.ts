import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { walk } from '#lib/batches/lifecycle-kit';
import { onStage, says } from '#lib/batches/scripted-provider-kit';
import { createConnection } from '#lib/connections/create-connection';
import type { PollAnswer } from '#lib/providers/provider';
import { replicaOf, testEnv } from '#lib/test-context';
import { plant } from './plant-kit.ts';
import { type Poller, startPoller } from './poller.ts';

const here = vi.hoisted(() => ({ provider: {} as unknown }));
vi.mock('#lib/providers/registry', () => ({ providerFor: () => here.provider }));

const pollers: Poller[] = [];
afterEach(async () => {
  await Promise.all(pollers.splice(0).map((poller) => poller.stop()));
});

test('what hangs at one provider holds up no other', async () => {
  const { it, asked, release } = await running({ good: 12 }, '0.5-0.5');
  const { id } = await createConnection(it.ctx, { name: 'hanging', preset: 'sandbox' });
  await plant(it.ctx.db, { connectionId: id, name: 'hang', count: 30 });
  pollers.push(startPoller(it.ctx));
  await vi.waitFor(() => expect(asked('hang').length).toBe(8), 5_000);
  const before = asked('good').length;
  await sleep(4_000);
  expect(asked('hang')).toHaveLength(8);
  const meanwhile = asked('good').slice(before);
  expect(new Set(meanwhile.map(({ id }) => id)).size).toBe(12);
  release();
}, 30_000);

test('several replicas ask no more often than one would', async () => {
  const [parts, intervalMs] = [500, 2_000];
  const { it, asked } = await running({ good: parts }, '2-2');
  const began = performance.now();
  for (const ctx of [it.ctx, await replicaOf(it.ctx), await replicaOf(it.ctx)])
    pollers.push(startPoller(ctx));
  await vi.waitFor(() => expect(asked('good').length).toBeGreaterThan(2.5 * parts), 40_000);
  await Promise.all(pollers.splice(0).map((poller) => poller.stop()));
  const polls = asked('good');
  const byPart = Map.groupBy(polls, ({ id }) => id);
  const gaps = [...byPart.values()].flatMap((times) =>
    times.slice(1).map(({ at }, n) => at - (times[n]?.at ?? 0)),
  );
  expect(byPart.size).toBe(parts);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(intervalMs - 10);
  const alone = parts * (1 + Math.floor((performance.now() - began) / intervalMs));
  expect(polls.length).toBeLessThanOrEqual(1.05 * alone);
}, 60_000);

/** So many parts under way at a provider that notes when it is asked, and keeps those that hang waiting. */
async function running(counts: Record<string, number>, seconds: string) {
  const provider = onStage(here);
  const times: { id: string; at: number }[] = [];
  const hung = Promise.withResolvers<PollAnswer>();
  provider.otherwise.poll = () => {
    const id = provider.calls.at(-1)?.id ?? '';
    times.push({ id, at: performance.now() });
    return id.startsWith('hang') ? hung.promise : says();
  };
  const it = await walk(undefined, { env: testEnv({ BATCHDECK_POLL_SECONDS: seconds }) });
  const { connection_id } = await it.ctx.db
    .selectFrom('batches')
    .select('connection_id')
    .executeTakeFirstOrThrow();
  for (const [name, count] of Object.entries(counts))
    await plant(it.ctx.db, { connectionId: connection_id, name, count });
  await it.ctx.db.deleteFrom('parts').where('batch_id', '=', it.batchId).execute();
  const asked = (name: string) => times.filter(({ id }) => id.startsWith(name));
  return { it, asked, release: () => hung.resolve(says()) };
}
