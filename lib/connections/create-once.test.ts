import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { everyRow } from '#lib/store/test-db';
import { replicaOf, testContext } from '#lib/test-context';
import { createConnection } from './create-connection.ts';
import { listConnections } from './list-connections.ts';

const wish = {
  name: 'gw',
  preset: 'inline-compatible',
  baseUrl: 'https://gw.example.com/v1',
  apiKey: 'sk-canary-4f9d2c7b1e8a6035',
};

test('one key makes one connection on however many replicas, and all hear the same', async () => {
  const ctx = await testContext();
  const replicas = [ctx, await replicaOf(ctx)];
  const made = await Promise.all(
    Array.from({ length: 10 }, (_, n) => createConnection(replicas[n % 2] ?? ctx, wish, { key: 'k' })),
  );
  expect(new Set(made.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(await listConnections(ctx)).toHaveLength(1);
  const other = createConnection(ctx, { ...wish, apiKey: 'sk-canary-another-0000' }, { key: 'k' });
  await expect(other).rejects.toThrow(/another body/);
  await expect(createConnection(ctx, wish)).rejects.toThrow(/already a connection named/);
});

test('what is kept for a replay holds no secret, not even as a plain hash', async () => {
  const ctx = await testContext();
  await createConnection(ctx, wish, { key: 'k' });
  const stored = await everyRow(ctx.db);
  const hash = createHash('sha256').update(JSON.stringify(wish)).digest('hex');
  expect(stored).not.toContain(wish.apiKey);
  expect(stored).not.toContain(hash);
});
