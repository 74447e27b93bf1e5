import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBatch } from '#lib/batches/create-batch';
import { decideSubmission, settleMs } from '#lib/batches/decide-submission';
import { getBatch } from '#lib/batches/get-batch';
import { boot } from '#lib/boot';
import { type Context, contextFor, deps, thisProcess } from '#lib/context';
import { openFile } from '#lib/files/open-file';
import { receiveFile } from '#lib/files/receive-file';
import { isOver } from '#lib/model/phase';
import { exportResults } from '#lib/results/export-results';
import { type Ack, linesOf } from './kill-lines.ts';

/** One whole walk in one process, taken up wherever the last one was killed: what a person with a script would do. */
const home = process.argv[2] ?? '.';
const acks = path.join(home, 'acks.jsonl');
const input = path.join(home, 'input.jsonl');

await boot(process.env, () => {});
const ctx: Context = contextFor(deps(), {
  kind: 'token',
  userId: 'usr_walk',
  name: 'walk',
  role: 'admin',
  tokenId: 'tok_walk',
  connectionId: null,
});
const fileId = acknowledged('file') ?? acknowledge('file', await upload());
const batchId = acknowledged('batch') ?? acknowledge('batch', await create(fileId));
await settled(batchId);
await keep('output.jsonl', (await exportResults(ctx, batchId, 'output.jsonl')).body);
await keep('input-back.jsonl', ctx.blobs.read((await openFile(ctx, fileId)).blobKey));
await thisProcess().stopWork?.();
await thisProcess().closeStore?.();
process.exit(0);

function acknowledged(what: Ack['what']): string | undefined {
  return linesOf(acks)
    .map((line) => JSON.parse(line) as Ack)
    .findLast((ack) => ack.what === what)?.id;
}

function acknowledge(what: Ack['what'], id: string): string {
  appendFileSync(acks, `${JSON.stringify({ what, id })}\n`, { flush: true });
  return id;
}

async function upload(): Promise<string> {
  const bytes = readFileSync(input);
  const upload = { name: 'walk.jsonl', body: pieces(bytes), contentLength: bytes.length, sha256: null };
  return (await receiveFile(ctx, upload)).id;
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 40_000) yield bytes.subarray(at, at + 40_000);
}

/** The key makes a repeated order the same order. */
async function create(fileId: string): Promise<string> {
  return (await createBatch(ctx, { fileId, connection: 'Sandbox', name: 'Walk' }, 'walk-1')).id;
}

async function settled(id: string): Promise<void> {
  for (;;) {
    const batch = await getBatch(ctx, id);
    if (isOver(batch.phase)) return;
    const [part] = batch.parts;
    if (part && batch.attention === 'needs_decision') {
      acknowledge('resend', part.id);
      const later = { ...ctx, clock: () => Date.now() + settleMs };
      await decideSubmission(later, id, { partId: part.id, action: 'resend' });
    }
    await sleep(10);
  }
}

async function keep(name: string, body: AsyncIterable<Uint8Array>): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  writeFileSync(path.join(home, name), Buffer.concat(chunks));
}
