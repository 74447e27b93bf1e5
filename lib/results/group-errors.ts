import 'server-only';
import type { Context } from '#lib/context';
import type { ErrorGroup } from '#lib/model/result-facets';
import { indexedBatch } from './indexed-batch.ts';

export type GroupPage = { items: ErrorGroup[]; nextCursor: string | null; total: number };

/** What went wrong, in which ways and how often, the most frequent way first. */
export async function groupErrors(
  ctx: Context,
  batchId: string,
  { cursor, limit }: { cursor: number; limit: number },
): Promise<GroupPage> {
  const { files } = await indexedBatch(ctx, batchId);
  if (files === null) return { items: [], nextCursor: null, total: 0 };
  const { groups, total } = await ctx.index.ask('groups', { files, after: cursor, limit });
  const end = cursor + groups.length;
  return { items: groups, nextCursor: end < total ? String(end) : null, total };
}
