import 'server-only';
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '#lib/context';
import type { ResultsFilter } from '#lib/model/result-query';
import { draftFolder } from './drafts.ts';
import type { ByteSpan, IndexFiles } from './index-orders.ts';
import { localSources } from './local-sources.ts';

/** A database cannot be written as a stream: it is made aside, sent and removed. */
export async function* sqliteFile(
  ctx: Pick<Context, 'index' | 'blobs' | 'env'>,
  files: IndexFiles,
  { filter, bodies, range }: { filter: ResultsFilter; bodies: boolean; range?: ByteSpan },
): AsyncGenerator<Uint8Array> {
  const folder = draftFolder(ctx.env.BATCHDECK_DATA_DIR);
  await mkdir(folder, { recursive: true });
  const out = path.join(folder, `${randomUUID()}.sqlite`);
  try {
    await ctx.index.ask('sqlite', { files, filter, bodies, out, sources: await localSources(ctx, files) });
    yield* createReadStream(out, range && { start: range.from, end: range.to - 1 });
  } finally {
    await rm(out, { force: true });
  }
}
