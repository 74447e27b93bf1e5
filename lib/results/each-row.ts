import 'server-only';
import type { Context } from '#lib/context';
import type { Outcome } from '#lib/model/result';
import type { IndexedRow } from './index-orders.ts';
import type { IndexedBatch } from './indexed-batch.ts';

const pageRows = 1_000;

/** Every row in input order with the blob its answer is in, read a page at a time. */
export async function* eachRow(
  ctx: Pick<Context, 'index' | 'blobs'>,
  { indexKey }: IndexedBatch,
  outcomes: Outcome[],
): AsyncGenerator<{ row: IndexedRow; outputKey: string | undefined }> {
  if (indexKey === null) return;
  for (let after = 0; ; ) {
    const { rows, segments } = await ctx.index.ask('rows', {
      file: await ctx.blobs.localPath(indexKey),
      outcomes,
      after,
      limit: pageRows,
    });
    for (const row of rows) yield { row, outputKey: segments[row.output?.segment ?? -1] };
    const last = rows.at(-1);
    if (!last || rows.length < pageRows) return;
    after = last.ordinal;
  }
}
