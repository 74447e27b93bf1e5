import 'server-only';
import type { Context } from '#lib/context';
import type { IndexFiles, Sources } from './index-orders.ts';

/** What an index points to, as paths of this machine. */
export async function localSources(
  { blobs, index }: Pick<Context, 'index' | 'blobs'>,
  files: IndexFiles,
): Promise<Sources> {
  const { inputs, segments } = await index.ask('sources', { files });
  const paths = await Promise.all(
    Object.entries(inputs).map(async ([n, key]) => [n, await blobs.localPath(key)] as const),
  );
  return {
    inputs: Object.fromEntries(paths),
    segments: await Promise.all(segments.map((key) => blobs.localPath(key))),
  };
}
