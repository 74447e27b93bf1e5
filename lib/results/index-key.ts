import 'server-only';
import { indexVersion } from './index-schema.ts';

/** The stamp makes a key one writer's own: who loses the claim leaves an orphan, never a wrong index. */
export function indexKeyFor(batchId: string, stamp: string): string {
  return `results/${batchId}/index-v${indexVersion}-${stamp}.sqlite`;
}

/** Whether this program can read what stands under the key. What a newer one wrote is left to it. */
export function isOutdated(indexKey: string): boolean {
  const [, version = '1'] = /\/index-v(\d+)-[^/]*$/.exec(indexKey) ?? [];
  return Number(version) < indexVersion;
}
