import 'server-only';
import type { Context } from '#lib/context';
import type { ResultRow } from '#lib/model/result';
import type { ResultsQuery } from '#lib/model/result.schema';
import type { IndexedRow } from './index-orders.ts';
import { type IndexedBatch, indexedBatch } from './indexed-batch.ts';

export type ResultPage = { items: ResultRow[]; nextCursor: string | null; total: number };

export async function listResults(ctx: Context, batchId: string, query: ResultsQuery): Promise<ResultPage> {
  return pageOf(ctx, await indexedBatch(ctx, batchId), query);
}

export async function pageOf(
  ctx: Pick<Context, 'index'>,
  { indexFile }: IndexedBatch,
  query: ResultsQuery,
): Promise<ResultPage> {
  if (indexFile === null) return { items: [], nextCursor: null, total: 0 };
  const which = { file: indexFile, outcomes: query.outcome };
  const [{ rows }, total] = await Promise.all([
    ctx.index.ask('rows', { ...which, after: query.cursor, limit: query.limit + 1 }),
    ctx.index.ask('count', which),
  ]);
  const items = rows.slice(0, query.limit).map(shown);
  const last = rows.length > query.limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? String(last.ordinal) : null, total };
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
