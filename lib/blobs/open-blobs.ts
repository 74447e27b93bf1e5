import 'server-only';
import path from 'node:path';
import type { Env } from '#lib/env';
import type { Blobs } from './blobs.ts';
import { openFsBlobs } from './fs.ts';
import { readS3Place } from './s3-place.ts';

/** The blobs the environment names. */
export async function openBlobs(env: Env): Promise<Blobs> {
  if (env.BLOB_URL === undefined) return openFsBlobs(path.join(env.BATCHDECK_DATA_DIR, 'blobs'));
  const place = readS3Place(env.BLOB_URL);
  // Only who stores there pays for its client.
  const { openS3Blobs } = await import('./s3.ts');
  const dir = path.join(env.BATCHDECK_DATA_DIR, 'cache');
  return openS3Blobs(place, { dir, maxBytes: env.BATCHDECK_CACHE_BYTES });
}
