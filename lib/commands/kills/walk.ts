import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBatch } from '#lib/batches/create-batch';
import { decideSubmission } from '#lib/batches/decide-submission';
import { getBatch } from '#lib/batches/get-batch';
import { listBatches } from '#lib/batches/list-batches';
import { retryBatch } from '#lib/batches/retry-batch';
import { passSettleTime } from '#lib/batches/settle-time-kit';
import { boot } from '#lib/boot';
import { createConnection } from '#lib/connections/create-connection';
import { listConnections } from '#lib/connections/list-connections';
import { type Context, contextFor, deps, thisProcess } from '#lib/context';
import { listFiles } from '#lib/files/list-files';
import { openFile } from '#lib/files/open-file';
import { receiveFile } from '#lib/files/receive-file';
import { sweepBlobs } from '#lib/files/sweep-blobs';
import { batchesQuerySchema } from '#lib/model/batch.schema';
import { isOver } from '#lib/model/phase';
import { exportResults } from '#lib/results/export-results';
import { type Ack, linesOf, retry } from './lines.ts';
import { wayNamed } from './ways.ts';

/** One whole walk in one process, taken up wherever the last one was killed: what a person with a script would do. */
const home = process.env.WALK_HOME ?? '.';
const way = wayNamed(process.env.WALK_WAY ?? '');
const acks = path.join(home, 'acks.jsonl');
const input = path.join(home, 'input.jsonl');
const days = 24 * 3_600_000;

try {
  await boot(process.env, () => {});
  if (process.env.WALK_UNTIL !== 'rest') await walk(asAdmin()).finally(() => keepLists(asAdmin()));
  await thisProcess().stopWork?.();
  await thisProcess().closeStore?.();
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

function asAdmin(): Context {
  const who = { userId: 'usr_walk', name: 'walk', role: 'admin', tokenId: 'tok_walk' } as const;
  return contextFor(deps(), { kind: 'token', connectionId: null, ...who });
}

async function walk(ctx: Context): Promise<void> {
  const connection = await connectionOf(ctx);
  const fileId = acknowledged('file') ?? acknowledge('file', await upload(ctx));
  const order = { fileId, connection, name: 'Walk' };
  // The key makes a repeated order the same order.
  const id = acknowledged('batch') ?? acknowledge('batch', (await createBatch(ctx, order, 'walk-1')).id);
  await settled(ctx, id);
  if (process.env.WALK_RETRIES === '1') {
    if (!acknowledged('retry')) acknowledge('retry', (await retryBatch(ctx, id, retry, 'walk-2')).id);
    await settled(ctx, id);
  }
  await keep('output.jsonl', (await exportResults(ctx, id, 'output.jsonl')).body);
}

async function connectionOf(ctx: Context): Promise<string> {
  const wish = way.connection;
  if (wish === null) return 'Sandbox';
  const known = (await listConnections(ctx)).some(({ name }) => name === wish.name);
  if (!known) await createConnection(ctx, wish);
  return wish.name;
}

function acknowledged(what: Ack['what']): string | undefined {
  return linesOf(acks)
    .map((line) => JSON.parse(line) as Ack)
    .findLast((ack) => ack.what === what)?.id;
}

function acknowledge(what: Ack['what'], id: string): string {
  appendFileSync(acks, `${JSON.stringify({ what, id })}\n`, { flush: true });
  return id;
}

async function upload(ctx: Context): Promise<string> {
  const bytes = readFileSync(input);
  const sent = { name: 'walk.jsonl', body: pieces(bytes), contentLength: bytes.length, sha256: null };
  return (await receiveFile(ctx, sent)).id;
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 40_000) yield bytes.subarray(at, at + 40_000);
}

async function settled(ctx: Context, id: string): Promise<void> {
  for (const end = Date.now() + Number(process.env.WALK_PATIENCE_MS); ; await sleep(10)) {
    const batch = await getBatch(ctx, id);
    if (isOver(batch.phase)) return;
    if (Date.now() > end) throw new Error(`the batch stayed ${batch.phase}`);
    const part = batch.parts.find(({ attention }) => attention === 'needs_decision');
    if (part) {
      acknowledge('resend', part.id);
      await passSettleTime(ctx.db);
      await decideSubmission(ctx, id, { partId: part.id, action: 'resend' });
    } else if (batch.attention !== null) throw new Error(`the batch is ${batch.attention}`);
  }
}

/** What a person finds in the lists, and what lies among the blobs once the sweep has been there. */
async function keepLists(ctx: Context): Promise<void> {
  const files = (await listFiles(ctx, { limit: 100 })).items;
  const batches = (await listBatches(ctx, batchesQuerySchema.parse({}))).items;
  writeFileSync(path.join(home, 'listed.json'), JSON.stringify({ files, batches }));
  mkdirSync(path.join(home, 'files'), { recursive: true });
  for (const { id } of files) {
    const { blobKey } = await openFile(ctx, id);
    await keep(`files/${id}`, ctx.blobs.read(blobKey)).catch(() => {});
  }
  await sweepBlobs({ ...ctx, clock: () => Date.now() + 2 * days });
  const keys: string[] = [];
  for await (const { key } of ctx.blobs.list('')) keys.push(key);
  writeFileSync(path.join(home, 'blobs.json'), JSON.stringify(keys));
}

async function keep(name: string, body: AsyncIterable<Uint8Array>): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  writeFileSync(path.join(home, name), Buffer.concat(chunks));
}
