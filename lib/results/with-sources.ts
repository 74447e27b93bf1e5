import 'server-only';
import type { Context } from '#lib/context';
import type { BuildOrder } from './index-orders.ts';
import type { AttemptResults } from './part-results.ts';

type Files = Pick<BuildOrder, 'attempts' | 'base'>;

/** Everything a build reads as files of this machine, which stay while `use` runs. */
export async function withSources<T>(
  { blobs }: Pick<Context, 'blobs'>,
  attempts: AttemptResults[],
  base: string | undefined,
  use: (files: Files) => Promise<T>,
): Promise<T> {
  const keys = attempts.flatMap(({ inputKey, parts }) => [
    inputKey,
    ...parts.flatMap((part) => part.segments),
  ]);
  const wanted = [...new Set(base === undefined ? keys : [base, ...keys])];
  return blobs.withLocal(wanted, (files) => {
    const places = new Map(wanted.map((key, n) => [key, files[n] ?? '']));
    const kept = (key: string) => ({ key, file: places.get(key) ?? '' });
    return use({
      base: base === undefined ? null : kept(base).file,
      attempts: attempts.map(({ n, inputKey, parts }) => ({
        n,
        input: kept(inputKey),
        parts: parts.map((part) => ({ ...part, segments: part.segments.map(kept) })),
      })),
    });
  });
}
