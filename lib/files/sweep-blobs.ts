import 'server-only';
import type { Context } from '#lib/context';
import { namedFiles, namedResults } from '#lib/store/blob-keys';

const hour = 3_600_000;
const pageKeys = 200;

/** Frees what nothing points to for an hour: what killed or overtaken writers left, and what a deleted batch had. */
export async function sweepBlobs(
  ctx: Pick<Context, 'blobs' | 'db' | 'clock'>,
  signal?: AbortSignal,
): Promise<number> {
  let freed = 0;
  for (const [prefix, isNamed] of [
    ['files/', filesAmong],
    ['results/', resultsAmong],
  ] as const) {
    for await (const page of oldKeys(ctx, prefix)) {
      signal?.throwIfAborted();
      const named = await isNamed(ctx, page);
      for (const key of page.filter((key) => !named(key))) {
        await ctx.blobs.delete(key);
        freed += 1;
      }
    }
  }
  await ctx.blobs.dropUnfinished();
  return freed;
}

async function* oldKeys({ blobs, clock }: Pick<Context, 'blobs' | 'clock'>, prefix: string) {
  let page: string[] = [];
  for await (const { key, modifiedAt } of blobs.list(prefix)) {
    if (modifiedAt > clock() - hour) continue;
    page.push(key);
    if (page.length < pageKeys) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

async function filesAmong({ db }: Pick<Context, 'db'>, keys: string[]) {
  const named = await namedFiles(db, keys);
  return (key: string) => named.has(key);
}

/** A batch that is still being collected keeps all it has: its segments are named only when the last has come. */
async function resultsAmong({ db }: Pick<Context, 'db'>, keys: string[]) {
  const batchOf = (key: string) => key.split('/')[1] ?? '';
  const named = await namedResults(db, [...new Set(keys.map(batchOf))]);
  return (key: string) => named.keys.has(key) || named.unfinished.has(batchOf(key));
}
