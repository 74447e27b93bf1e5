import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type OneProcess, ordersFor } from './one-process-kit.ts';

test('a batch whose collecting kills the process is set aside after three tries, and the others go on', async () => {
  const it = await ordersFor(4);
  const poison = it.files[1] ?? '';
  let kills = 0;
  for (let life = 0; life < 6 && !standing(it, poison).done; life++) if (await live(it, poison)) kills += 1;
  expect(kills).toBe(3);
  expect(standing(it, poison)).toMatchObject({
    poisoned: 'stalled',
    others: ['completed', 'completed', 'completed'],
  });
}, 90_000);

/** One life of a worker: to its violent end, or until there is nothing left to do. Answers whether it was killed. */
async function live(it: OneProcess, poison: string): Promise<boolean> {
  const child = it.start(poison);
  const end = once(child, 'exit');
  let over = false;
  const watch = (async () => {
    while (!over && !standing(it, poison).done) await sleep(100);
  })();
  await Promise.race([end, watch]);
  const killed = child.signalCode === 'SIGKILL';
  over = true;
  if (!killed) child.kill('SIGTERM');
  await end;
  return killed;
}

function standing(it: OneProcess, poison: string) {
  const rows = it.batches();
  const poisoned = rows.find(({ file_id }) => file_id === poison)?.attention ?? null;
  const others = rows.filter(({ file_id }) => file_id !== poison).map(({ phase }) => phase);
  return { poisoned, others, done: poisoned === 'stalled' && others.every((phase) => phase === 'completed') };
}
