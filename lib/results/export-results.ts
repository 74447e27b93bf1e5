import 'server-only';
import type { Context } from '#lib/context';
import { isUnfiltered, type ResultsFilter } from '#lib/model/result-query';
import type { ExportName } from '#lib/paths';
import { type IndexedBatch, indexedBatch } from './indexed-batch.ts';

export type Export = { name: string; type: string; body: AsyncIterable<Uint8Array> };

type Hands = Pick<Context, 'index' | 'blobs'>;

const types: Record<ExportName, string> = {
  'input.jsonl': 'application/x-ndjson',
  'output.jsonl': 'application/x-ndjson',
  'results.csv': 'text/csv; charset=utf-8',
};

export async function exportResults(
  ctx: Context,
  batchId: string,
  name: ExportName,
  filter: ResultsFilter = {},
): Promise<Export> {
  return exportOf(ctx, await indexedBatch(ctx, batchId, filter), name, filter);
}

export function exportOf(ctx: Hands, indexed: IndexedBatch, name: ExportName, filter: ResultsFilter): Export {
  // What was sent leaves as it came: byte order mark, blank lines and all.
  const whole = name === 'input.jsonl' && isUnfiltered(filter);
  return {
    name: `${indexed.batch.name} ${name}`,
    type: types[name],
    body: whole ? ctx.blobs.read(indexed.inputKey) : exported(ctx, indexed, name, filter),
  };
}

async function* exported(
  ctx: Hands,
  { files }: IndexedBatch,
  name: ExportName,
  filter: ResultsFilter,
): AsyncGenerator<Uint8Array> {
  if (files === null) return;
  const { inputs, segments } = await ctx.index.ask('sources', { files });
  const sources = {
    inputs: Object.fromEntries(
      await Promise.all(Object.entries(inputs).map(async ([n, key]) => [n, await ctx.blobs.localPath(key)])),
    ) as Record<number, string>,
    segments: await Promise.all(segments.map((key) => ctx.blobs.localPath(key))),
  };
  yield* ctx.index.stream('export', { files, name, filter, sources });
}
