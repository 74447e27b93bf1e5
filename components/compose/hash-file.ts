import { createSha256 } from '#lib/jsonl/sha256';
import { readThrough, type Told } from './read-through.ts';

export async function hashFile(file: Blob, onProgress: Told): Promise<string> {
  const hash = createSha256();
  await readThrough(file, (chunk) => hash.update(chunk), onProgress);
  return hash.digest();
}
