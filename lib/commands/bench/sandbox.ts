import { createReadStream, createWriteStream } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { systemClock } from '#lib/clock';
import { createLog } from '#lib/log';
import { openSandbox } from '#lib/sandbox/open-sandbox';
import { type Bench, type Case, timed } from './case.ts';

/** The built-in provider by itself, for everything else is measured against it: what it takes, and what it holds up. */
export async function sandboxing({ home }: Bench): Promise<Case[]> {
  const dir = path.join(home, 'sandbox');
  const sandbox = await openSandbox({ dir, clock: systemClock, log: createLog('error') });
  const ask = (method: string, address: string, body: AsyncIterable<Uint8Array> | null) =>
    sandbox.fetch({ method, path: address, headers: new Headers(), body });
  const short = documentOf(100_000, 300);
  const create = async (body: Buffer) => {
    const answer = await (await ask('POST', '/v1/batches', pieces(body))).json();
    return String(answer.batch_id);
  };
  const sink = (source: AsyncIterable<Uint8Array>, name = 'sink') =>
    pipeline(Readable.from(source), createWriteStream(path.join(home, name)));
  const large = await create(documentOf(45_000, 4_000));
  const results = async () => (await ask('GET', `/v1/batches/${large}`, null)).body ?? Readable.from([]);
  await sink(await results(), 'results');
  const against = (
    names: [string, string],
    ours: () => Promise<number>,
    floor: () => Promise<number>,
  ): Case => ({
    rows: [{ name: names[0], floorName: names[1], unit: 'ms', bar: null }],
    ours: async () => [await ours()],
    floor: async () => [await floor()],
  });
  return [
    against(
      ['sandbox receives 100,000 requests', 'bare sink'],
      () => timed(() => create(short)),
      () => timed(() => sink(pieces(short))),
    ),
    against(
      ['event loop p99 meanwhile', 'bare sink'],
      () => delayed(() => create(short)),
      () => delayed(() => sink(pieces(short))),
    ),
    against(
      ['sandbox streams 200 MB of results', 'file copy'],
      () => timed(async () => sink(await results())),
      () => timed(() => sink(createReadStream(path.join(home, 'results')))),
    ),
  ];
}

function documentOf(count: number, bytes: number): Buffer {
  const content = 'word '.repeat(Math.ceil(bytes / 5));
  const request = (n: number) =>
    `{"custom_id":"row-${n}","params":{"model":"sandbox/instant","messages":[{"role":"user","content":"${content}"}]}}`;
  return Buffer.from(`{"requests":[${Array.from({ length: count }, (_, n) => request(n)).join(',')}]}`);
}

/** As it comes from a socket: a turn of the loop for each piece. */
async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) {
    yield bytes.subarray(at, at + 65_536);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function delayed(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return delay.percentile(99) / 1e6;
}
