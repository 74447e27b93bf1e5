import 'server-only';
import { closeSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { asObject } from '#lib/model/unknown';
import type { Contents, ResultRole } from './batch.ts';
import type { Reply, SandboxRequestLine } from './models/reply.ts';
import type { Shelved } from './read-shelved.ts';
import { replyTo } from './receive/check-params.ts';
import { fates } from './receive/ledger.ts';
import type { Standing } from './standing.ts';

const most = { atOnce: 200, bytesAtOnce: 256 * 1024 };

/** How a dialect writes one result; empty where a request is never answered. */
export type LineOf = (request: SandboxRequestLine, reply: Reply, created: number) => string;

/** Makes the answers while they are read: the same bytes each time, in no order a caller could rely on. */
export async function* writeResults(
  { batch, folder }: Shelved,
  at: Standing,
  lineOf: LineOf,
  role: ResultRole | null = null,
): AsyncGenerator<Uint8Array> {
  const { contents } = at;
  if (!contents) return;
  const offsets = await readOffsets(folder, contents);
  const wanted = role === null ? () => true : await rolesOf(folder, at, role);
  const created = Math.floor((at.endedAt ?? batch.createdAt) / 1000);
  const fitting = Math.ceil((most.bytesAtOnce * contents.requests) / contents.bytes);
  const atOnce = Math.min(most.atOnce, fitting);
  const place = orderOf(contents.requests, batch.dialect === 'anthropic');
  for (let from = 0; from < contents.requests; from += atOnce) {
    const length = Math.min(atOnce, contents.requests - from);
    const positions = Array.from({ length }, (_, n) => place(from + n)).filter(wanted);
    if (positions.length > 0) yield Buffer.from(writeSome(positions));
    await breathe();
  }

  /** The file is open no longer than this: a reader that walks away leaves nothing behind. */
  function writeSome(positions: number[]): string {
    const fd = openSync(path.join(folder, 'requests.jsonl'), 'r');
    try {
      return positions
        .map((position) => {
          const request = readRequest(fd, offsets[position] ?? 0, offsets[position + 1] ?? 0);
          const reply = position < at.done ? replyTo(batch.dialect, request, position) : leftUndone(at);
          return lineOf(request, reply, created);
        })
        .join('');
    } finally {
      closeSync(fd);
    }
  }
}

/** Requests a batch never came to. */
function leftUndone({ status }: Standing): Reply {
  return { kind: status === 'expired' ? 'expired' : 'cancelled' };
}

async function readOffsets(folder: string, { requests }: Contents): Promise<Float64Array | Uint32Array> {
  const bytes = new Uint8Array(await readFile(path.join(folder, 'offsets.bin')));
  return bytes.length === 4 * (requests + 1) ? new Uint32Array(bytes.buffer) : new Float64Array(bytes.buffer);
}

/** Answers go to one file and everything else to the other. */
async function rolesOf(
  folder: string,
  at: Standing,
  role: ResultRole,
): Promise<(position: number) => boolean> {
  const lots = await readFile(path.join(folder, 'fates.bin'));
  const silent = fates.indexOf('silent');
  return (position) => {
    const lot = lots[position] ?? silent;
    const answered = position < at.done && lot === 0;
    if (role === 'output') return answered;
    return !answered && (position >= at.done || lot !== silent);
  };
}

function readRequest(fd: number, from: number, to: number): SandboxRequestLine {
  const bytes = Buffer.allocUnsafe(to - from);
  readSync(fd, bytes, 0, bytes.length, from);
  const line = asObject(JSON.parse(bytes.toString('utf8')));
  return { custom_id: String(line?.custom_id), params: asObject(line?.params) ?? asObject(line?.body) ?? {} };
}

/** Near the golden section and prime to the count, a step meets each position once. A few lines keep their order, unless that is never so. */
function orderOf(requests: number, never: boolean): (n: number) => number {
  if (requests <= 10) return never ? (n) => requests - 1 - n : (n) => n;
  let step = Math.floor(requests * 0.618);
  while (divisor(step, requests) !== 1) step++;
  return (n) => (n * step + (step >> 1)) % requests;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
