import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { ordersFor } from './one-process-kit.ts';

const patience = { timeout: 60_000, interval: 100 };

test('a store that somebody else holds for writing costs time: each batch is sent once and comes to its end', async () => {
  const it = await ordersFor(12, 'sandbox/echo');
  const child = it.start();
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await vi.waitFor(() => expect(it.creates().length).toBeGreaterThan(0), patience);
  const other = new DatabaseSync(it.store, { timeout: 30_000 });
  other.exec('begin immediate');
  await vi.waitFor(() => expect(said).toContain('The clock could not look'), patience);
  expect(it.batches().map(({ phase }) => phase)).not.toContain('completed');
  expect(child.exitCode).toBeNull();
  other.exec('rollback');
  other.close();
  await vi.waitFor(
    () => expect(it.batches().map(({ phase }) => phase)).toEqual(Array(12).fill('completed')),
    patience,
  );
  const nonces = it.creates().map(({ nonce }) => nonce);
  expect(nonces).toHaveLength(12);
  expect(new Set(nonces).size).toBe(12);
  child.kill('SIGTERM');
  await once(child, 'exit');
}, 200_000);
