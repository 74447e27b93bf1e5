import 'server-only';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** Where an index is built before it is put among the blobs. */
export function draftFolder(dataDir: string): string {
  return path.join(dataDir, 'tmp');
}

/** What nobody has written to since then was left by a process that was killed. */
export async function clearDrafts(dataDir: string, since: number): Promise<void> {
  const folder = draftFolder(dataDir);
  for (const name of await readdir(folder).catch(() => [])) {
    const draft = path.join(folder, name);
    const touched = (await stat(draft).catch(() => null))?.mtimeMs ?? 0;
    if (touched <= since) await rm(draft, { force: true });
  }
}
