import 'server-only';
import { createReadStream } from 'node:fs';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { BlobMissing, type Blobs, checkedKey, KeyTaken } from './blobs.ts';
import { openCache } from './cache.ts';
import type { S3Place } from './s3-place.ts';
import { type Clients, Lost, partBytes, putStream } from './s3-put.ts';
import { codeOf, statusOf, unreachable } from './s3-words.ts';

const day = 24 * 3_600_000;
const maxBreaks = 3;
/** The time to connect also counts what is waited for a socket, and a slow download holds one as long as it lasts. */
const agent = { maxSockets: Number.POSITIVE_INFINITY };

/** Blobs as objects below a prefix of a bucket. What a path is needed for is copied into `cache`. */
export async function openS3Blobs(
  place: S3Place,
  cacheAt: { dir: string; maxBytes: number },
): Promise<Blobs> {
  const { bucket: Bucket, prefix } = place;
  const clients = openClients(place);
  const { again } = clients;
  const putting = new Set<string>();
  const target = (key: string) => ({ Bucket, Key: prefix + checkedKey(key) });

  async function size(key: string): Promise<number | null> {
    const at = target(key);
    try {
      return (await again.send(new HeadObjectCommand(at))).ContentLength ?? 0;
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  }

  /** A download that breaks off goes on where it stood: the bytes under a key never change. */
  async function* read(key: string, range?: { offset: number; length: number }) {
    const object = target(key);
    if (range?.length === 0) return;
    let at = range?.offset ?? 0;
    const end = range === undefined ? Number.POSITIVE_INFINITY : at + range.length;
    for (let breaks = 0; at < end; ) {
      const body = await bytesFrom(again, object, key, at, end);
      try {
        for await (const chunk of body) {
          const wanted = chunk.subarray(0, Math.min(chunk.length, end - at));
          at += wanted.length;
          breaks = 0;
          yield wanted;
          if (at === end) return;
        }
        return;
      } catch (error) {
        breaks += 1;
        if (breaks > maxBreaks || error instanceof BlobMissing || statusOf(error) !== undefined) throw error;
      }
    }
  }

  const cache = openCache(cacheAt.dir, cacheAt.maxBytes, { size, read });
  await again
    .send(new ListObjectsV2Command({ Bucket, Prefix: `${prefix}none-starts-so` }))
    .catch((error: unknown) => {
      throw unreachable(error, place);
    });

  async function put(key: string, source: AsyncIterable<Uint8Array>) {
    const object = target(key);
    if (putting.has(key)) throw new KeyTaken(key);
    putting.add(key);
    try {
      if ((await size(key)) !== null) throw new KeyTaken(key);
      return await putStream(clients, object, source);
    } catch (error) {
      throw error instanceof Lost ? new KeyTaken(key) : error;
    } finally {
      putting.delete(key);
    }
  }

  return {
    put,
    putFile: async (key, file) => void (await put(key, createReadStream(file))),
    read,
    size,
    async delete(key) {
      await again.send(new DeleteObjectCommand(target(key)));
      await cache.forget(key);
    },
    localPath: async (key) => cache.localPath(checkedKey(key)),
    withLocal: async (keys, use) => cache.withLocal(keys.map(checkedKey), use),
    async *list(below) {
      for (let ContinuationToken: string | undefined; ; ) {
        const page = await again.send(
          new ListObjectsV2Command({ Bucket, Prefix: prefix + below, ContinuationToken }),
        );
        for (const { Key = '', Size = 0, LastModified } of page.Contents ?? []) {
          // A store dates what came in parts by the start of its upload, which may have taken hours.
          const modifiedAt = (LastModified?.getTime() ?? Date.now()) + (Size < partBytes ? 0 : day);
          yield { key: Key.slice(prefix.length), modifiedAt };
        }
        ContinuationToken = page.NextContinuationToken;
        if (ContinuationToken === undefined) return;
      }
    },
    async dropUnfinished() {
      for await (const upload of uploadsBelow(again, Bucket, prefix)) {
        if ((upload.Initiated?.getTime() ?? Date.now()) > Date.now() - day) continue;
        await again.send(
          new AbortMultipartUploadCommand({ Bucket, Key: upload.Key, UploadId: upload.UploadId }),
        );
      }
    },
  };
}

function openClients({ region, endpoint, forcePathStyle }: S3Place): Clients {
  const config = {
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    forcePathStyle,
    // Stores beside AWS do not know its trailing checksums; bodies are signed by their SHA-256 anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 60_000, httpAgent: agent, httpsAgent: agent },
  } as const;
  return {
    again: new S3Client({ ...config, maxAttempts: 4 }),
    once: new S3Client({ ...config, maxAttempts: 1 }),
  };
}

async function* bytesFrom(
  client: S3Client,
  object: { Bucket: string; Key: string },
  key: string,
  at: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  const whole = at === 0 && end === Number.POSITIVE_INFINITY;
  const Range = whole ? undefined : `bytes=${at}-${Number.isFinite(end) ? end - 1 : ''}`;
  const answer = await client.send(new GetObjectCommand({ ...object, Range })).catch((error: unknown) => {
    if (statusOf(error) === 416) return null;
    throw codeOf(error) === 'NoSuchKey' || statusOf(error) === 404 ? new BlobMissing(key) : error;
  });
  if (!answer?.Body) return;
  if (!whole && answer.ContentRange === undefined) throw new Error(`The store ignored a range of ${key}.`);
  let left = answer.ContentLength ?? 0;
  for await (const chunk of answer.Body as AsyncIterable<Uint8Array>) {
    left -= chunk.length;
    yield chunk;
  }
  if (left !== 0) throw new Error(`The store broke off in the middle of ${key}.`);
}

async function* uploadsBelow(client: S3Client, Bucket: string, Prefix: string) {
  for (let marker: { KeyMarker?: string; UploadIdMarker?: string } = {}; ; ) {
    const page = await client
      .send(new ListMultipartUploadsCommand({ Bucket, Prefix, ...marker }))
      .catch((error: unknown) => {
        if (statusOf(error) === 501) return null;
        throw error;
      });
    yield* page?.Uploads ?? [];
    if (!page?.IsTruncated) return;
    marker = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
  }
}
