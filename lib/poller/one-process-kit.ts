import 'server-only';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createBatch } from '#lib/batches/create-batch';
import { ensureSandboxConnection } from '#lib/connections/ensure-sandbox';
import { type Context, contextFor, thisProcess } from '#lib/context';
import { receiveFile } from '#lib/files/receive-file';
import { isCreate, type JournalEntry } from '#lib/model/sandbox-journal';
import { openDeps } from '#lib/open-deps';

export type OneProcess = Awaited<ReturnType<typeof ordersFor>>;

/** So many batches of one request in a data folder that no process works on yet. */
export async function ordersFor(count: number, model = 'sandbox/instant') {
  const dir = mkdtempSync(path.join(tmpdir(), 'batchdeck-one-'));
  const env = { BATCHDECK_DATA_DIR: dir, BATCHDECK_POLL_SECONDS: '0.02-0.05', LOG_LEVEL: 'error' };
  const store = path.join(dir, 'batchdeck.sqlite');
  return {
    store,
    files: await order(env, count, model),
    /** A worker that dies whenever it begins to collect a batch whose input is named. */
    start: (poison = 'none'): ChildProcess =>
      spawn(
        process.execPath,
        ['--conditions=react-server', path.join(import.meta.dirname, 'poison-kit.ts'), poison],
        { env: { ...process.env, NODE_OPTIONS: '', ...env }, stdio: ['ignore', 'pipe', 'ignore'] },
      ),
    batches(): { file_id: string; phase: string; attention: string | null }[] {
      const db = new DatabaseSync(store, { readOnly: true });
      const rows = db.prepare('select file_id, phase, attention from batches').all();
      db.close();
      return rows as ReturnType<OneProcess['batches']>;
    },
    /** What the provider accepted, by its own journal. */
    creates: (): JournalEntry[] =>
      readFileSync(path.join(dir, 'sandbox', 'journal.jsonl'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as JournalEntry)
        .filter(isCreate),
  };
}

async function order(env: Record<string, string>, count: number, model: string): Promise<string[]> {
  const who = { userId: 'usr_test', name: 'test', role: 'admin', tokenId: 'tok_test' } as const;
  const ctx: Context = contextFor(await openDeps(env), { kind: 'token', connectionId: null, ...who });
  await ensureSandboxConnection(ctx);
  const files: string[] = [];
  for (let n = 0; n < count; n++) {
    const text = `{"custom_id":"a${n}","params":{"model":"${model}","messages":[{"role":"user","content":"hi"}]}}\n`;
    const upload = { name: 'a.jsonl', body: once(text), contentLength: null, sha256: null };
    const { id } = await receiveFile(ctx, upload);
    await createBatch(ctx, { fileId: id, connection: 'Sandbox', name: `Batch ${n}` });
    files.push(id);
  }
  await thisProcess().closeStore?.();
  return files;
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
