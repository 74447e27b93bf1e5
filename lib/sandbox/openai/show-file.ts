import 'server-only';
import type { ResultRole, SandboxBatch } from '#lib/sandbox/batch';
import type { SandboxFile } from '#lib/sandbox/file-shelf';
import type { House } from '#lib/sandbox/house';
import type { Shelved } from '#lib/sandbox/read-shelved';
import { seconds } from '#lib/sandbox/seconds';
import { type Standing, standingAt } from '#lib/sandbox/standing';
import { writeResults } from '#lib/sandbox/write-results';
import { resultLine } from './result-line.ts';
import { resultFileId } from './show-batch.ts';

export type ResultFile = { shelved: Shelved; role: ResultRole; at: Standing };

export function fileObject(file: SandboxFile) {
  return shape(file.id, 'file', {
    bytes: file.bytes,
    created_at: seconds(file.createdAt),
    expires_at: seconds(file.expiresAt),
    filename: file.filename,
    purpose: file.purpose,
  });
}

/** Null while there is no such file: its batch is not over, it was deleted, or its time is up. */
export function resultFile({ shelf, clock }: House, fileId: string): ResultFile | null {
  const found = shelf.findResults(fileId);
  return found && standing(found.shelved, found.role, clock());
}

export function resultFiles({ shelf, clock }: House): ResultFile[] {
  const now = clock();
  return shelf.all().flatMap((shelved) => {
    const files = [standing(shelved, 'output', now), standing(shelved, 'error', now)];
    return files.filter((file) => file !== null);
  });
}

function standing(shelved: Shelved, role: ResultRole, now: number): ResultFile | null {
  const at = standingAt(shelved, now);
  const { order } = shelved.batch;
  if (!order || resultFileId(shelved, at, role) === null || shelved.removed.includes(role)) return null;
  return order.outputsExpireAt !== null && order.outputsExpireAt <= now ? null : { shelved, role, at };
}

export async function resultFileObject(file: ResultFile) {
  const { shelved, role, at } = file;
  const { id, order } = shelved.batch;
  return shape(fileIdOf(file), 'file', {
    bytes: await sizeOf(file),
    created_at: seconds(at.endedAt),
    expires_at: seconds(order?.outputsExpireAt ?? null),
    filename: `${id}_${role}.jsonl`,
    purpose: 'batch_output',
  });
}

export function fileIdOf({ shelved, role }: ResultFile): string {
  const { order } = shelved.batch;
  return (role === 'output' ? order?.outputFileId : order?.errorFileId) ?? '';
}

export function resultLines({ shelved, role, at }: ResultFile): AsyncGenerator<Uint8Array> {
  return writeResults(shelved, at, resultLine(shelved.batch.order?.endpoint ?? ''), role);
}

const sizes = new WeakMap<SandboxBatch, Partial<Record<ResultRole, Promise<number>>>>();

/** Nobody knows the size of what is made as it is read, so it is made once to be measured. */
function sizeOf(file: ResultFile): Promise<number> {
  const { batch } = file.shelved;
  const known = sizes.get(batch) ?? {};
  sizes.set(batch, known);
  const size = known[file.role] ?? measure(file);
  known[file.role] = size;
  return size;
}

async function measure(file: ResultFile): Promise<number> {
  let bytes = 0;
  for await (const chunk of resultLines(file)) bytes += chunk.length;
  return bytes;
}

function shape(id: string, object: string, rest: object) {
  return { object, id, ...rest, status: 'processed', status_details: null };
}
