import { openAsBlob } from 'node:fs';
import path from 'node:path';
import type { Batch } from '#lib/model/batch';
import type { BatchFile } from '#lib/model/file';
import { isOver } from '#lib/model/phase';
import { type App, answered, startApp, until } from './app.ts';
import type { Bench, Case } from './case.ts';
import { type Child, measure, startOwn } from './child.ts';
import { writeRequests, writeResults } from './lines.ts';
import { forgetPeak, peakMb, residentMb } from './system.ts';

/** A batch that was collected, for what reads it afterwards. */
export type Collected = { app: App; batchId: string; results: string };
type Ground = { app: App; provider: Child; fileId: string; results: string; count: number; home: string };

/** From the poll that is given the results to every row queryable, against the bare bytes and bare rows. */
export async function collecting(bench: Bench): Promise<{ cases: Case[]; collected: () => Collected }> {
  const ground = await openGround(bench, 100_000);
  let batchId = '';
  const few: Case = {
    rows: [
      { name: 'collect 100,000 results, once asked', unit: 'ms', floorName: 'bare bytes and rows', bar: 2 },
      { name: '  its memory', unit: 'MB', floorName: null, bar: null, limit: 150 },
      { name: '  the main thread’s delay, p99', unit: 'ms', floorName: null, bar: null, limit: 50 },
    ],
    async ours() {
      const found = await collect(ground);
      batchId = found.batchId;
      return [found.ms, found.mb, found.delay];
    },
    floor: async () => [await bare(ground), Number.NaN, Number.NaN],
  };
  return {
    cases: [few, ...(process.env.BENCH_LONG === '1' ? [await aMillion(bench, ground)] : [])],
    collected: () => ({ app: ground.app, batchId, results: ground.results }),
  };
}

async function aMillion(bench: Bench, few: Ground): Promise<Case> {
  const many = await openGround(bench, 1_000_000);
  const figures = ({ ms, mb }: { ms: number; mb: number }) => [ms, mb];
  return {
    rounds: 1,
    rows: [
      { name: 'collect 1,000,000 results, once asked', unit: 'ms', floorName: '100,000 of them', bar: 11 },
      { name: '  its memory', unit: 'MB', floorName: '100,000 of them', bar: 1.2 },
    ],
    ours: async () => figures(await collect(many)),
    floor: async () => figures(await collect(few)),
  };
}

async function openGround(bench: Bench, count: number): Promise<Ground> {
  const { home, closing } = bench;
  const results = await writeResults(path.join(home, `results-${count}.jsonl`), count);
  const provider = await startOwn('provider.ts', results);
  closing(provider.stop);
  const app = await startApp(home, { provider: provider.url });
  closing(app.stop);
  const input = await writeRequests(path.join(home, `input-${count}.jsonl`), count, 300);
  const sent = { method: 'POST', headers: app.headers, body: await openAsBlob(input) };
  const file = await answered<BatchFile>(await fetch(`${app.url}/api/files?name=input.jsonl`, sent));
  return { app, provider, fileId: file.id, results, count, home };
}

async function collect({ app, provider, fileId, count }: Ground) {
  const { batchId, providerId } = await running(app, fileId);
  const base = residentMb(app.pid);
  forgetPeak(app.pid);
  await app.loopDelay();
  const upstream = `${provider.url}/v1/batches/${providerId}`;
  await fetch(`${upstream}/finish`, { method: 'POST' });
  const batch = await until(app, batchId, ({ phase }) => isOver(phase));
  const over = Date.now();
  const { at } = await answered<{ at: number }>(await fetch(`${upstream}/asked`));
  if (batch.counts.succeeded !== count)
    throw new Error(`Only ${batch.counts.succeeded} results were collected.`);
  return { batchId, ms: over - at, mb: peakMb(app.pid) - base, delay: await app.loopDelay() };
}

async function running(app: App, fileId: string): Promise<{ batchId: string; providerId: string }> {
  const order = { fileId, connection: 'provider', name: 'Bench' };
  const { id } = await answered<Batch>(await app.call('POST', '/api/batches', order));
  const batch = await until(app, id, ({ phase }) => phase === 'running' || phase === 'pending');
  return { batchId: id, providerId: batch.parts[0]?.providerBatchId ?? '' };
}

async function bare({ provider, count, home }: Ground): Promise<number> {
  const id = 'bare';
  await fetch(`${provider.url}/v1/batches/${id}/finish`, { method: 'POST' });
  return measure('bare-collect.ts', `${provider.url}/v1/batches/${id}`, home, String(count));
}
