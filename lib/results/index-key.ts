import 'server-only';
import { indexKeysIn } from '#lib/store/blob-keys';
import { indexVersion } from './index-schema.ts';

/** The stamp makes a key one writer's own: who loses the claim leaves an orphan, never a wrong index. */
export function indexKeyFor(batchId: string, stamp: string): string {
  return `results/${batchId}/index-v${indexVersion}-${stamp}.sqlite`;
}

/** Whether this program can read what a pointer names. What a newer one wrote is left to it. */
export function isOutdated(indexKey: string): boolean {
  return indexKeysIn(indexKey).some((key) => {
    const [, version = '1'] = /\/index-v(\d+)-[^/]*$/.exec(key) ?? [];
    return Number(version) < indexVersion;
  });
}
