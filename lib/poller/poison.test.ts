import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createBatch } from '#lib/batches/create-batch';
import { ensureSandboxConnection } from '#lib/connections/ensure-sandbox';
import { type Context, contextFor, thisProcess } from '#lib/context';
import { receiveFile } from '#lib/files/receive-file';
import { openDeps } from '#lib/open-deps';

const dir = mkdtempSync(path.join(tmpdir(), 'batchdeck-poison-'));
const env = { BATCHDECK_DATA_DIR: dir, BATCHDECK_POLL_SECONDS: '0.02-0.05', LOG_LEVEL: 'error' };

test('a batch whose collecting kills the process is set aside after three tries, and the others go on', async () => {
  const poison = await plan();
  let kills = 0;
  for (let life = 0; life < 6 && !standing(poison).done; life++) if (await live(poison)) kills += 1;
  expect(kills).toBe(3);
  expect(standing(poison)).toMatchObject({
    poisoned: 'stalled',
    others: ['completed', 'completed', 'completed'],
  });
}, 90_000);

/** Four batches, one of which will be the end of whoever collects it. */
async function plan(): Promise<string> {
  const deps = await openDeps(env);
  const actor = {
    userId: 'usr_test',
    name: 'test',
    role: 'admin',
    tokenId: 'tok_test',
    connectionId: null,
  } as const;
  const ctx: Context = contextFor(deps, { kind: 'token', ...actor });
  await ensureSandboxConnection(ctx);
  const files = [];
  for (let n = 0; n < 4; n++) {
    const text = `{"custom_id":"a${n}","params":{"model":"sandbox/instant","messages":[{"role":"user","content":"hi"}]}}\n`;
    const file = await receiveFile(ctx, {
      name: 'a.jsonl',
      body: once(text),
      contentLength: null,
      sha256: null,
    });
    await createBatch(ctx, { fileId: file.id, connection: 'Sandbox', name: `Batch ${n}` });
    files.push(file.id);
  }
  await thisProcess().closeStore?.();
  return files[1] ?? '';
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** One life of a worker: to its violent end, or until there is nothing left to do. Answers whether it was killed. */
async function live(poison: string): Promise<boolean> {
  const child = spawn(
    process.execPath,
    ['--conditions=react-server', path.join(import.meta.dirname, 'poison-kit.ts'), poison],
    { env: { ...process.env, NODE_OPTIONS: '', ...env }, stdio: 'ignore' },
  );
  const end = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_, signal) => resolve(signal)),
  );
  let over = false;
  const watch = (async () => {
    while (!over && !standing(poison).done) await sleep(100);
  })();
  await Promise.race([end, watch]);
  const killed = child.signalCode === 'SIGKILL';
  over = true;
  if (!killed) child.kill('SIGTERM');
  await end;
  return killed;
}

function standing(poison: string) {
  const db = new DatabaseSync(path.join(dir, 'batchdeck.sqlite'), { readOnly: true });
  const rows = db.prepare('select file_id, phase, attention from batches').all();
  db.close();
  const poisoned = rows.find(({ file_id }) => file_id === poison)?.attention ?? null;
  const others = rows.filter(({ file_id }) => file_id !== poison).map(({ phase }) => phase);
  return { poisoned, others, done: poisoned === 'stalled' && others.every((phase) => phase === 'completed') };
}
