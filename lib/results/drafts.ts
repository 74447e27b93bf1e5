import 'server-only';
import { rm } from 'node:fs/promises';
import path from 'node:path';

/** Where an index is built before it is put among the blobs. */
export function draftFolder(dataDir: string): string {
  return path.join(dataDir, 'tmp');
}

/** Asked at the start, when nobody builds: what lies there was left by a process that was killed. */
export async function clearDrafts(dataDir: string): Promise<void> {
  await rm(draftFolder(dataDir), { recursive: true, force: true });
}
