import 'server-only';
import { parentPort } from 'node:worker_threads';
import { createFreeIds } from '#lib/jsonl/free-ids';
import { idIn } from '#lib/jsonl/id-in';
import { idPattern, type LineRules } from '#lib/jsonl/line-rules';
import { createRepairer, type Repairer } from '#lib/jsonl/repair-lines';
import { createLineSplitter } from '#lib/jsonl/split-lines';
import type { Repair, RepairReport } from '#lib/model/repair';

export type RepairJob = { repairs: Repair[]; rules: LineRules; size: number };
/** First all bytes to learn which ids there are, then all bytes to be repaired; null ends a reading. */
export type ToRepair = { job: RepairJob } | { bytes: Uint8Array | null };
/** Bytes, or a span of the original whose line was too long to be held. */
export type Repaired = Uint8Array | { from: number; to: number };
export type FromRepair = { pieces: Repaired[]; report: RepairReport | null };

let job: RepairJob | null = null;
let repairer: Repairer | null = null;
let splitter = createLineSplitter();
const taken = new Set<string>();

parentPort?.on('message', (order: ToRepair) => {
  if ('job' in order) {
    job = order.job;
    return;
  }
  const pieces: Repaired[] = [];
  const take: Parameters<typeof splitter.push>[1] = (line) => {
    const piece = repairer?.line(line);
    if (piece) pieces.push(inBytes(piece));
    const id = repairer ? null : idIn(line.bytes);
    if (id !== null) taken.add(id);
  };
  if (order.bytes) splitter.push(order.bytes, take);
  else splitter.end(take);
  const ended = order.bytes === null;
  parentPort?.postMessage({ pieces: joined(pieces), report: (ended && repairer?.report()) || null });
  if (ended && job) {
    splitter = createLineSplitter();
    repairer = createRepairer(job.repairs, {
      rules: job.rules,
      ids: createFreeIds(taken, idPattern(job.rules)),
      size: job.size,
    });
  }
});

const newline = Uint8Array.of(0x0a);

function inBytes({ from, to, bytes, isNew }: NonNullable<ReturnType<Repairer['line']>>): Repaired {
  if (!bytes) return { from, to };
  return isNew || to - from === bytes.length ? bytes : Buffer.concat([bytes, newline]);
}

function joined(pieces: Repaired[]): Repaired[] {
  const out: Repaired[] = [];
  let run: Uint8Array[] = [];
  const flush = () => {
    if (run.length > 0) out.push(Buffer.concat(run));
    run = [];
  };
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) run.push(piece);
    else {
      flush();
      out.push(piece);
    }
  }
  flush();
  return out;
}
