import 'server-only';
import path from 'node:path';
import type { Env } from '#lib/env';
import type { Blobs } from './blobs.ts';
import { openFsBlobs } from './fs.ts';

/** The blobs the environment names. */
export async function openBlobs(env: Env): Promise<Blobs> {
  return openFsBlobs(path.join(env.BATCHDECK_DATA_DIR, 'blobs'));
}
