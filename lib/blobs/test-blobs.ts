import 'server-only';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Blobs } from './blobs.ts';
import { openFsBlobs } from './fs.ts';
import { openS3Blobs } from './s3.ts';
import { readS3Place } from './s3-place.ts';

/** Blobs of a test's own, on the store that goes with the engine this run is for. */
export async function openTestBlobs(dataDir: string): Promise<Blobs> {
  if (process.env.BATCHDECK_TEST_ENGINE !== 'postgres') return openFsBlobs(path.join(dataDir, 'blobs'));
  const place = readS3Place(process.env.BATCHDECK_TEST_S3 ?? '');
  const mine = { ...place, prefix: `${place.prefix}${randomUUID()}/` };
  return openS3Blobs(mine, { dir: path.join(dataDir, 'cache'), maxBytes: 1e9 });
}
