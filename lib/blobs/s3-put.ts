import 'server-only';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { fp } from '#lib/failpoint';
import type { Stored } from './blobs.ts';
import { codeOf, statusOf } from './s3-words.ts';

/** Two of these are in memory at a time; 10,000 of them, the most a store takes, are 84 GB. */
export const partBytes = 8 * 1024 * 1024;

const mostTries = 4;

export type Target = { Bucket: string; Key: string };
/** `again` repeats what may be repeated, `once` never does: a lost answer to a write may have been a yes. */
export type Clients = { again: S3Client; once: S3Client };

/** Somebody else's bytes stand under the key. */
export class Lost extends Error {}

/** Streams to a key that is free. Small streams go in one request, others in parts that become visible all at once. */
export async function putStream(
  clients: Clients,
  target: Target,
  source: AsyncIterable<Uint8Array>,
): Promise<Stored> {
  const counted = { bytes: 0, hash: createHash('sha256') };
  const pieces = piecesOf(source, counted);
  try {
    const first = await pieces.next();
    const body = first.done ? new Uint8Array() : first.value;
    if (body.length < partBytes) await putWhole(clients, target, body);
    else await putParts(clients, target, body, pieces);
  } finally {
    await pieces.return(undefined);
  }
  return { bytes: counted.bytes, sha256: counted.hash.digest('hex') };
}

async function putWhole({ once }: Clients, target: Target, body: Uint8Array): Promise<void> {
  await whereFree((condition) =>
    once.send(new PutObjectCommand({ ...target, ...condition, Body: body, ContentLength: body.length })),
  );
}

async function putParts(
  { again, once }: Clients,
  target: Target,
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array>,
): Promise<void> {
  const { UploadId } = await unlessBusy(() => once.send(new CreateMultipartUploadCommand(target)));
  const upload = { ...target, UploadId };
  const parts: CompletedPart[] = [];
  const send = async (Body: Uint8Array, PartNumber: number) => {
    const { ETag } = await again.send(
      new UploadPartCommand({ ...upload, PartNumber, Body, ContentLength: Body.length }),
    );
    fp('part-sent');
    parts.push({ ETag, PartNumber });
  };
  let sending = send(first, 1);
  try {
    let n = 1;
    for await (const piece of whileSending(rest, () => sending)) {
      n += 1;
      sending = send(piece, n);
    }
    await sending;
    await whereFree((condition) =>
      once.send(
        new CompleteMultipartUploadCommand({ ...upload, ...condition, MultipartUpload: { Parts: parts } }),
      ),
    );
  } catch (error) {
    await sending.catch(() => {});
    // What cannot be aborted now is found by the sweep.
    await again.send(new AbortMultipartUploadCommand(upload)).catch(() => {});
    throw error;
  }
}

/** The next piece is gathered while the one before is on its way, and no further. */
async function* whileSending(
  pieces: AsyncGenerator<Uint8Array>,
  sent: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  for (;;) {
    const [next] = await Promise.all([pieces.next(), sent()]);
    if (next.done) return;
    yield next.value;
  }
}

/** The store itself refuses a key that is taken. One that does not know the condition has been asked for the key before. */
async function whereFree(write: (condition: { IfNoneMatch?: '*' }) => Promise<unknown>): Promise<void> {
  fp('object-ready');
  try {
    await unlessBusy(() => write({ IfNoneMatch: '*' }));
    fp('object-put');
  } catch (error) {
    const code = codeOf(error);
    if (statusOf(error) === 412 || code === 'ConditionalRequestConflict') throw new Lost();
    if (code !== 'NotImplemented' && statusOf(error) !== 501) throw error;
    await unlessBusy(() => write({}));
  }
}

/** A store that answers 503 has written nothing, and asks to be asked again. Should it have, the repeat finds the key taken. */
async function unlessBusy<T>(write: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await write();
    } catch (error) {
      if (statusOf(error) !== 503 || tries === mostTries) throw error;
      await sleep(100 * 2 ** tries * Math.random());
    }
  }
}

async function* piecesOf(
  source: AsyncIterable<Uint8Array>,
  counted: { bytes: number; hash: ReturnType<typeof createHash> },
): AsyncGenerator<Uint8Array> {
  let piece = Buffer.allocUnsafe(partBytes);
  let used = 0;
  for await (const chunk of source) {
    counted.hash.update(chunk);
    counted.bytes += chunk.length;
    for (let at = 0; at < chunk.length; ) {
      const taken = chunk.subarray(at, at + partBytes - used);
      piece.set(taken, used);
      used += taken.length;
      at += taken.length;
      if (used < partBytes) continue;
      yield piece;
      piece = Buffer.allocUnsafe(partBytes);
      used = 0;
    }
  }
  if (used > 0) yield piece.subarray(0, used);
}
