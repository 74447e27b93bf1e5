import 'server-only';
import type { Context } from '#lib/context';
import type { ResultRow } from '#lib/model/result';
import type { ResultsQuery } from '#lib/model/result-query';
import { readCursor, writeCursor } from './cursor.ts';
import type { IndexedRow } from './index-orders.ts';
import { type IndexedBatch, indexedBatch } from './indexed-batch.ts';
import { withSnippets } from './with-snippets.ts';

export type ResultPage = { items: ResultRow[]; nextCursor: string | null; total: number };

export async function listResults(
  ctx: Context,
  batchId: string,
  query: ResultsQuery,
  signal?: AbortSignal,
): Promise<ResultPage> {
  return pageOf(ctx, await indexedBatch(ctx, batchId, query), query, signal);
}

export async function pageOf(
  ctx: Pick<Context, 'index' | 'blobs'>,
  { files }: IndexedBatch,
  { cursor, from, limit, sort, fields, ...filter }: ResultsQuery,
  signal?: AbortSignal,
): Promise<ResultPage> {
  const start = from ?? readCursor(cursor) ?? 0;
  if (files === null) return { items: [], nextCursor: null, total: 0 };
  const page = await ctx.index.ask('page', { files, filter, sort, from: start, limit, fields }, signal);
  const rows = filter.q ? await withSnippets(ctx, page, filter.q) : page.rows;
  return { items: rows.map(shown), nextCursor: page.next && writeCursor(page.next), total: page.total };
}

/** What a row is to the outside: where its bytes stand is nobody's business. */
export function shown({
  input: _input,
  output: _output,
  errorMessage: _message,
  ...row
}: IndexedRow): ResultRow {
  return row;
}
