import 'server-only';
import type { Context } from '#lib/context';
import type { Outcome } from '#lib/model/result';
import type { IndexedRow } from './index-orders.ts';
import type { IndexedBatch } from './indexed-batch.ts';

const pageRows = 1_000;

/** Every row in input order, a page at a time. */
export async function* eachRow(
  ctx: Pick<Context, 'index'>,
  { indexFile }: IndexedBatch,
  outcomes: Outcome[],
): AsyncGenerator<IndexedRow> {
  if (indexFile === null) return;
  for (let after = 0; ; ) {
    const { rows } = await ctx.index.ask('rows', { file: indexFile, outcomes, after, limit: pageRows });
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < pageRows) return;
    after = last.ordinal;
  }
}
