import 'server-only';
import type { Context } from '#lib/context';
import type { Coming, Made } from './build-draft.ts';
import type { BuildOrder } from './index-orders.ts';

type Files = Pick<BuildOrder, 'attempts' | 'base'>;

/** Everything a build reads as files of this machine, which stay while `use` runs. */
export async function withSources<T>(
  { blobs }: Pick<Context, 'blobs'>,
  { attempts, base }: Omit<Made, 'how'>,
  coming: Coming | undefined,
  use: (files: Files) => Promise<T>,
): Promise<T> {
  const keys = attempts.flatMap(({ inputKey, parts }) => [
    inputKey,
    ...parts.flatMap((part) => part.segments),
  ]);
  const named = [...new Set(base === undefined ? keys : [base, ...keys])];
  const wanted = named.filter((key) => key !== coming?.key);
  return blobs.withLocal(wanted, (files) => {
    const places = new Map(wanted.map((key, n) => [key, files[n] ?? '']));
    const kept = (key: string) =>
      coming?.key === key
        ? { key, file: coming.file, coming: coming.blocks }
        : { key, file: places.get(key) ?? '' };
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
