import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '#lib/clock';
import { DocumentError, splitRequests } from '#lib/jsonl/split-array';
import { asObject, asText } from '#lib/model/unknown';
import { Rejected } from './answers.ts';
import { type SandboxBatch, upTo } from './batch.ts';
import { modelNamed } from './models/model.ts';
import type { SandboxRequestLine } from './models/reply.ts';
import type { Shelf } from './shelf.ts';

const most = { requests: 100_000, bytes: 256 * 1024 * 1024 };

/** Reads `{"requests":[…]}` of any size as it arrives and keeps it, or throws `Rejected` and keeps nothing. */
export async function receiveBatch(
  shelf: Shelf,
  clock: Clock,
  body: AsyncIterable<Uint8Array>,
): Promise<SandboxBatch> {
  const id = `batch_${randomUUID()}`;
  const draft = await shelf.draftFolder(id);
  try {
    const received = await receive(draft, body);
    const batch: SandboxBatch = {
      ...received,
      id,
      fileId: `file-${randomUUID().replaceAll('-', '')}`,
      taskId: shelf.nextTaskId(),
      createdAt: clock(),
    };
    await shelf.publish(draft, batch);
    return batch;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error instanceof DocumentError ? new Rejected(error.message) : error;
  }
}

type Received = Omit<SandboxBatch, 'id' | 'fileId' | 'taskId' | 'createdAt'>;

async function receive(draft: string, body: AsyncIterable<Uint8Array>): Promise<Received> {
  const sha256 = createHash('sha256');
  const requests = splitRequests(limited(body, (chunk) => sha256.update(chunk)));
  const handle = await open(path.join(draft, 'requests.jsonl'), 'w');
  const lines = lineWriter(handle);
  const fates = { failed: [] as number[], silent: [] as number[] };
  const plan = { durationMs: 0, quiet: false };
  const ids = new Set<string>();
  try {
    for await (const bytes of requests) {
      const position = ids.size;
      const request = checked(bytes, position, ids);
      const model = modelNamed(request.params.model);
      const fate = model.fate(request.custom_id, position);
      if (fate === 'failed' || fate === 'silent') fates[fate].push(position);
      plan.durationMs = Math.max(plan.durationMs, model.durationMs);
      plan.quiet ||= model.quiet;
      await lines.write(bytes);
    }
    if (ids.size === 0)
      throw new Rejected('`requests` is empty: a batch needs at least one request.', 'requests');
    await lines.flush();
    await handle.sync();
  } finally {
    await handle.close();
  }
  await writeOffsets(draft, lines.offsets);
  const metadata = asObject(requests.members.get('metadata'));
  return {
    ...plan,
    bodySha256: sha256.digest('hex'),
    bytes: lines.offsets.at(-1) ?? 0,
    requests: ids.size,
    metadata,
    nonce: asText(metadata?.batchdeck_intent),
    failed: byPercent(fates.failed, ids.size),
    silent: byPercent(fates.silent, ids.size),
  };
}

async function* limited(
  body: AsyncIterable<Uint8Array>,
  see: (chunk: Uint8Array) => void,
): AsyncIterable<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > most.bytes) throw new Rejected('The batch is larger than 256 MB.', 'requests');
    see(chunk);
    yield chunk;
  }
}

function checked(bytes: Uint8Array, position: number, ids: Set<string>): SandboxRequestLine {
  const param = `requests[${position}]`;
  if (position >= most.requests) {
    throw new Rejected(`A batch takes at most ${most.requests} requests.`, 'requests');
  }
  const request = asObject(parsed(bytes, param));
  const customId = asText(request?.custom_id);
  const params = asObject(request?.params);
  if (!request) throw new Rejected(`${param} is not an object.`, param);
  if (!customId) throw new Rejected(`${param}.custom_id is missing.`, `${param}.custom_id`);
  if (ids.has(customId)) {
    throw new Rejected(`${param}.custom_id repeats “${customId.slice(0, 100)}”.`, `${param}.custom_id`);
  }
  if (!params) throw new Rejected(`${param}.params is missing.`, `${param}.params`);
  if (!asText(params.model)) throw new Rejected(`${param}.params.model is missing.`, `${param}.params.model`);
  ids.add(customId);
  return { custom_id: customId, params };
}

function parsed(bytes: Uint8Array, param: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Rejected(`${param} is not valid JSON.`, param);
  }
}

/** Line breaks are legal between JSON's tokens; one request stays one line. */
function lineWriter(handle: FileHandle) {
  const offsets = [0];
  let waiting: Uint8Array[] = [];
  let size = 0;
  let at = 0;
  const flush = async () => {
    if (waiting.length > 0) await handle.write(Buffer.concat(waiting));
    waiting = [];
    size = 0;
  };
  const write = async (bytes: Uint8Array) => {
    const line = Buffer.alloc(bytes.length + 1, 10);
    line.set(bytes);
    for (let i = 0; i < bytes.length; i++) if (line[i] === 10 || line[i] === 13) line[i] = 32;
    waiting.push(line);
    size += line.length;
    at += line.length;
    offsets.push(at);
    if (size > 1024 * 1024) await flush();
  };
  return { offsets, write, flush };
}

async function writeOffsets(draft: string, offsets: number[]): Promise<void> {
  const handle = await open(path.join(draft, 'offsets.bin'), 'w');
  try {
    await handle.write(new Uint8Array(Uint32Array.from(offsets).buffer));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function byPercent(positions: number[], requests: number): number[] {
  let seen = 0;
  return Array.from({ length: 101 }, (_, percent) => {
    const end = upTo(percent, requests);
    while ((positions[seen] ?? Number.POSITIVE_INFINITY) < end) seen++;
    return seen;
  });
}
