import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { contextFor, thisProcess } from '#lib/context';
import { receiveFile } from '#lib/files/receive-file';
import { createLineSplitter } from '#lib/jsonl/split-lines';
import { createValidator } from '#lib/jsonl/validate';
import { openDeps } from '#lib/open-deps';
import { exportResults } from '#lib/results/export-results';
import { listResults } from '#lib/results/list-results';
import { type BenchCase, timed } from './bench-case.ts';
import { collectCase } from './bench-collect.ts';

export async function openBench(): Promise<{ cases: BenchCase[]; close(): Promise<void> }> {
  const home = mkdtempSync(path.join(tmpdir(), 'batchdeck-bench-'));
  const deps = await openDeps({ BATCHDECK_DATA_DIR: home, LOG_LEVEL: 'error' });
  const actor = {
    userId: 'usr_bench',
    name: 'bench',
    role: 'admin',
    tokenId: 'tok_bench',
    connectionId: null,
  };
  const ctx = contextFor(deps, { kind: 'token', ...actor } as never);
  const long = lines(10_000, 4_000);
  const short = lines(100_000, 300);
  const upload = (body: AsyncIterable<Uint8Array>) =>
    receiveFile(ctx, { name: 'bench.jsonl', body, contentLength: null, sha256: null });
  const servers = await Promise.all([
    listen(async (request) => void (await upload(request))),
    listen((request) => pipeline(request, createWriteStream(path.join(home, 'sink')))),
  ]);
  const collect = await collectCase(ctx, await upload(once(short)), home);
  const page = (cursor: number) => async () => {
    const batchId = collect.batchId();
    return timed(() => listResults(ctx, batchId, { outcome: [], cursor, limit: 50 }), 20);
  };
  const save = (body: AsyncIterable<Uint8Array>) =>
    pipeline(body, createWriteStream(path.join(home, 'copy')));
  const scanOf = (bytes: Buffer) => () => timed(() => scan(bytes));
  const send = (port: number) => () =>
    timed(() => fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: new Uint8Array(long) }));
  const [ours = 0, sink = 0] = servers.map(({ port }) => port);
  const scanned = { floorName: 'newline scan', unit: 'ms' } as const;
  const ms = { unit: 'ms' } as const;
  const cases: BenchCase[] = [
    {
      name: 'validate 4 kB lines',
      bar: 6,
      ours: () => timed(() => validate(long)),
      floor: scanOf(long),
      ...scanned,
    },
    {
      name: 'validate 430 B lines',
      bar: 11,
      ours: () => timed(() => validate(short)),
      floor: scanOf(short),
      ...scanned,
    },
    {
      name: 'receive a file of 41 MB',
      floorName: 'bare sink',
      bar: 1.3,
      ours: send(ours),
      floor: send(sink),
      ...ms,
    },
    collect.entry,
    {
      name: 'result page at the end of 100,000',
      floorName: 'first page',
      bar: 2,
      ours: page(99_900),
      floor: page(0),
      ...ms,
    },
    {
      name: 'export output.jsonl',
      floorName: 'file copy',
      bar: null,
      ours: () => timed(async () => save((await exportResults(ctx, collect.batchId(), 'output.jsonl')).body)),
      floor: () => timed(() => save(createReadStream(collect.rawFile))),
      ...ms,
    },
  ];
  return {
    cases,
    async close() {
      for (const { server } of servers) server.close();
      await thisProcess().closeStore?.();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function lines(count: number, bytes: number): Buffer {
  const content = 'A “quoted” \\"question\\" about 日本 🙂 and more. '
    .repeat(Math.ceil(bytes / 50))
    .slice(0, bytes - 120);
  const line = (n: number) =>
    `{"custom_id":"row-${n}","params":{"model":"sandbox/instant","max_tokens":64,"messages":[{"role":"user","content":${JSON.stringify(content)}}]}}\n`;
  return Buffer.from(Array.from({ length: count }, (_, n) => line(n)).join(''));
}

function scan(bytes: Buffer): number {
  let found = 0;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 10) found++;
  return found;
}

function validate(bytes: Buffer): void {
  const splitter = createLineSplitter();
  const validator = createValidator();
  const take: Parameters<typeof splitter.push>[1] = (line) =>
    validator.line(line.bytes, line.line, line.offset);
  for (let at = 0; at < bytes.length; at += 65_536) splitter.push(bytes.subarray(at, at + 65_536), take);
  splitter.end(take);
  if (validator.finish().errors > 0) throw new Error('The file of the bench has errors.');
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function listen(take: (request: IncomingMessage) => Promise<void>) {
  const server = createServer(async (request, response) => {
    await take(request);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}
