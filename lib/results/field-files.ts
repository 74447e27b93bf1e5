import 'server-only';
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { saysMissing, saysTaken } from '#lib/blobs/blobs';
import type { Context } from '#lib/context';
import { fieldsKeyOf, indexKeysIn } from '#lib/store/blob-keys';
import { draftFolder } from './drafts.ts';
import type { GatherOrder, IndexFiles, Sources } from './index-orders.ts';

type Hands = Pick<Context, 'blobs' | 'index' | 'env'>;

/** The fields of the answers, beside the index and as long as it stands. They are gathered when they are first asked for. */
export async function fieldFiles(ctx: Hands, indexKey: string, files: IndexFiles): Promise<string[]> {
  const paths: string[] = [];
  for (const [n, key] of indexKeysIn(indexKey).entries()) {
    paths.push(await standing(ctx, fieldsKeyOf(key), files, n === 0 ? 'base' : 'retries'));
  }
  return paths;
}

async function standing(ctx: Hands, key: string, files: IndexFiles, of: GatherOrder['of']): Promise<string> {
  try {
    return await ctx.blobs.localPath(key);
  } catch (error) {
    if (!saysMissing(error)) throw error;
    await gatheredOnce(ctx, key, files, of);
    return ctx.blobs.localPath(key);
  }
}

const gathering = new Map<string, Promise<void>>();

/** Who asks meanwhile waits for the same work. */
function gatheredOnce(ctx: Hands, key: string, files: IndexFiles, of: GatherOrder['of']): Promise<void> {
  const work = gathering.get(key) ?? gather(ctx, key, files, of).finally(() => gathering.delete(key));
  gathering.set(key, work);
  return work;
}

async function gather(ctx: Hands, key: string, files: IndexFiles, of: GatherOrder['of']): Promise<void> {
  const folder = draftFolder(ctx.env.BATCHDECK_DATA_DIR);
  await mkdir(folder, { recursive: true });
  const out = path.join(folder, `${randomUUID()}.fields`);
  try {
    const sources = await sourcesOf(ctx, files, of);
    await ctx.blobs.withLocal(sources.segments.filter(Boolean), async (paths) => {
      const left = [...paths];
      const segments = sources.segments.map((segment) => (segment ? (left.shift() ?? '') : ''));
      await ctx.index.ask('gather', { files, of, sources: { ...sources, segments }, out });
    });
    await ctx.blobs.putFile(key, out);
  } catch (error) {
    if (!saysTaken(error)) throw error;
  } finally {
    await rm(out, { force: true });
  }
}

/** Of retries only what they themselves have got is read: what came before has no name here. */
async function sourcesOf({ index }: Hands, files: IndexFiles, of: GatherOrder['of']): Promise<Sources> {
  const base = await index.ask('sources', { files: { base: files.base, retries: null } });
  if (of === 'base') return base;
  const all = await index.ask('sources', { files });
  return { ...all, segments: all.segments.map((key, n) => (n < base.segments.length ? '' : key)) };
}
