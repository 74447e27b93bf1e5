import 'server-only';
import { closeSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { asObject } from '#lib/model/unknown';
import { modelNamed } from './models/model.ts';
import type { Reply, SandboxRequestLine } from './models/reply.ts';
import { resultLine } from './result-line.ts';
import type { Shelved } from './shelf.ts';
import type { Standing } from './standing.ts';

const most = { atOnce: 200, bytesAtOnce: 1024 * 1024 };

/** Makes the answers while they are read: the same bytes each time, in no order a caller could rely on. */
export async function* writeResults(shelved: Shelved, at: Standing): AsyncIterable<Uint8Array> {
  const { batch, folder } = shelved;
  const offsets = new Uint32Array(new Uint8Array(await readFile(path.join(folder, 'offsets.bin'))).buffer);
  const step = batch.requests > 10 ? stride(batch.requests) : 1;
  const positionOf = (n: number) => (n * step + (step >> 1)) % batch.requests;
  const fitting = Math.ceil((most.bytesAtOnce * batch.requests) / batch.bytes);
  const atOnce = Math.min(most.atOnce, fitting);
  for (let from = 0; from < batch.requests; from += atOnce) {
    const length = Math.min(atOnce, batch.requests - from);
    const positions = Array.from({ length }, (_, n) => positionOf(from + n));
    yield Buffer.from(writeSome(shelved, at, offsets, positions));
    await breathe();
  }
}

/** The file is open no longer than this: a reader that walks away leaves nothing behind. */
function writeSome(
  { batch, folder }: Shelved,
  at: Standing,
  offsets: Uint32Array,
  positions: number[],
): string {
  const fd = openSync(path.join(folder, 'requests.jsonl'), 'r');
  const created = Math.floor((at.endedAt ?? batch.createdAt) / 1000);
  try {
    return positions
      .map((position) => {
        const request = readRequest(fd, offsets[position] ?? 0, offsets[position + 1] ?? 0);
        const reply = position < at.done ? replyTo(request, position) : ({ kind: 'cancelled' } as const);
        return resultLine(request, reply, created);
      })
      .join('');
  } finally {
    closeSync(fd);
  }
}

function replyTo(request: SandboxRequestLine, position: number): Reply {
  return modelNamed(request.params.model).reply(request, position);
}

function readRequest(fd: number, from: number, to: number): SandboxRequestLine {
  const bytes = Buffer.allocUnsafe(to - from);
  readSync(fd, bytes, 0, bytes.length, from);
  const line = asObject(JSON.parse(bytes.toString('utf8')));
  return { custom_id: String(line?.custom_id), params: asObject(line?.params) ?? {} };
}

/** A step through all positions that meets each once: near the golden section and prime to the count. */
function stride(count: number): number {
  let step = Math.floor(count * 0.618);
  while (divisor(step, count) !== 1) step++;
  return step;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
