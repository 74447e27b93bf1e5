import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { aSandbox, fileLine, linesOf, request, started } from './sandbox-kit.ts';

const dayMs = 86_400_000;

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
}

it('frees batches and files after thirty days, and nothing that runs', async () => {
  const { dir, create, upload, json, later } = await aSandbox();
  await create([request('a')]);
  const file = await upload([fileLine('a')], { purpose: 'assistants' });
  const young = 29 * dayMs;
  later(young);
  const kept = await create([request('b')]);
  const folders = () => readdirSync(path.join(dir, 'batches'));
  expect(folders()).toHaveLength(2);
  later(2 * dayMs);
  const queued = await create([request('c', 'sandbox/queued')]);
  await until(() => folders().length === 2 && !existsSync(path.join(dir, 'files', file)));
  expect((await json('GET', '/v1/batches')).data.map(({ id }: { id: string }) => id)).toEqual([queued, kept]);
});

it('still knows batches that were kept when it spoke one dialect', async () => {
  const { dir, ask, restart } = await aSandbox();
  const id = 'batch_6f0f6b1e-0000-4000-8000-000000000001';
  const line = `${JSON.stringify(request('a', 'sandbox/instant'))}\n`;
  const folder = path.join(dir, 'batches', id);
  const counts = Array(101).fill(0);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'requests.jsonl'), line);
  const offsets = Uint32Array.from([0, line.length]);
  writeFileSync(path.join(folder, 'offsets.bin'), new Uint8Array(offsets.buffer));
  writeFileSync(
    path.join(folder, 'meta.json'),
    JSON.stringify({
      id,
      fileId: 'file-1',
      taskId: 4,
      createdAt: started,
      bodySha256: 'x',
      bytes: line.length,
      requests: 1,
      metadata: null,
      nonce: null,
      durationMs: 0,
      quiet: false,
      failed: counts,
      silent: counts,
    }),
  );
  await restart();
  expect(await linesOf(await ask('GET', `/v1/batches/${id}`))).toMatchObject([
    { custom_id: 'a', error: null },
  ]);
});
