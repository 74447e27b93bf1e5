import { readFileSync } from 'node:fs';

/** Every address the build knows, with its blanks filled in by things that exist. A new route is in it by itself. */
export function builtRoutes(batchId: string, fileId: string): string[] {
  const manifest = JSON.parse(readFileSync('.next/app-path-routes-manifest.json', 'utf8')) as Record<
    string,
    string
  >;
  const fill: Record<string, string> = {
    '[batchId]': batchId,
    '[fileId]': fileId,
    '[ordinal]': '1',
    '[name]': 'output.jsonl',
    '[pair]': '1',
    '[file]': 'pairs.csv',
    '[token]': 'A'.repeat(43),
    '[connectionId]': 'con_none',
    '[shareId]': 'shr_none',
    '[draftId]': 'dra_none',
    '[...path]': 'v1/batches',
    '[[...path]]': 'nothing',
  };
  return [...new Set(Object.values(manifest))]
    .filter((route) => !route.startsWith('/_'))
    .map((route) => route.replace(/\[[^/]+\]/g, (blank) => fill[blank] ?? 'none'));
}
