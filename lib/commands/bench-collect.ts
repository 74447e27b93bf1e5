import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { createBatch } from '#lib/batches/create-batch';
import { getBatch } from '#lib/batches/get-batch';
import { lease } from '#lib/batches/hold-claim';
import { workPart } from '#lib/batches/work-part';
import { ensureSandboxConnection } from '#lib/connections/ensure-sandbox';
import type { Context } from '#lib/context';
import type { BatchFile } from '#lib/model/file';
import { claimDue } from '#lib/store/claims';
import { type BenchCase, timed } from './bench-case.ts';

type Collected = { entry: BenchCase; batchId: () => string; rawFile: string };

/** From “the provider is done” to every row queryable, against the bare bytes and bare rows. */
export async function collectCase(ctx: Context, file: BatchFile, home: string): Promise<Collected> {
  await ensureSandboxConnection(ctx);
  const rawFile = path.join(home, 'raw.jsonl');
  let batchId = '';
  let providerId = '';
  const sent = async () => {
    batchId = (await createBatch(ctx, { fileId: file.id, connection: 'Sandbox', name: 'Bench' })).id;
    await step(ctx);
    providerId = (await getBatch(ctx, batchId)).parts[0]?.providerBatchId ?? '';
  };
  return {
    rawFile,
    batchId: () => batchId,
    entry: {
      name: 'collect and index 100,000 results',
      floorName: 'bare bytes+rows',
      unit: 'ms',
      bar: 2,
      async ours() {
        await sent();
        const took = await timed(() => step(ctx), 2);
        if ((await getBatch(ctx, batchId)).phase !== 'completed') throw new Error('The batch is not over.');
        return took * 2;
      },
      floor: () => timed(() => bare(ctx, providerId, rawFile, path.join(home, 'bare.sqlite'), file.requests)),
    },
  };
}

async function step(ctx: Context): Promise<void> {
  await ctx.db.updateTable('parts').set({ due_at: 0 }).execute();
  for (const due of await claimDue(ctx.db, lease.leaseMs, 1)) await workPart(ctx, due, lease);
}

async function bare(ctx: Context, id: string, raw: string, rows: string, count: number): Promise<void> {
  const asked = { method: 'GET', path: `/v1/batches/${id}`, headers: new Headers(), body: null };
  const answer = await ctx.sandbox?.fetch(asked);
  if (!answer?.body) throw new Error('The sandbox sent no results.');
  await pipeline(answer.body, createWriteStream(raw));
  const db = new DatabaseSync(rows);
  db.exec('pragma journal_mode = off; pragma synchronous = off; drop table if exists rows; begin');
  db.exec(
    'create table rows (ordinal integer primary key, id text, outcome text, model text, a int, b int, c int, d int, preview text)',
  );
  const insert = db.prepare('insert into rows values (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const preview = 'x'.repeat(120);
  for (let n = 0; n < count; n++)
    insert.run(n, `row-${n}`, 'succeeded', 'sandbox/instant', n, n, n, n, preview);
  db.exec('commit');
  db.close();
}
