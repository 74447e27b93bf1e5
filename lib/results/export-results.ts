import 'server-only';
import type { Context } from '#lib/context';
import { isOver } from '#lib/model/phase';
import { isUnfiltered, type ResultsFilter } from '#lib/model/result-query';
import type { ExportName } from '#lib/paths';
import type { ByteSpan, Measured } from './index-orders.ts';
import { type IndexedBatch, indexedBatch } from './indexed-batch.ts';
import { localSources } from './local-sources.ts';
import { measured, measuredOnce } from './measured-once.ts';
import { sqliteFile } from './sqlite-file.ts';

export type Export = {
  name: string;
  type: string;
  body: AsyncIterable<Uint8Array>;
  /** What will not change any more can be told beforehand and had in parts: the end of a batch without a filter. */
  whole: { measure(): Promise<Measured>; part(range: ByteSpan): AsyncIterable<Uint8Array> } | null;
};
export type ExportQuery = ResultsFilter & { bodies?: boolean; columns?: string[] };

type Hands = Pick<Context, 'db' | 'index' | 'blobs' | 'env'>;

const types: Record<ExportName, string> = {
  'input.jsonl': 'application/x-ndjson',
  'output.jsonl': 'application/x-ndjson',
  'errors.jsonl': 'application/x-ndjson',
  'merged.jsonl': 'application/x-ndjson',
  'results.csv': 'text/csv; charset=utf-8',
  'results.sqlite': 'application/vnd.sqlite3',
};

export async function exportResults(
  ctx: Context,
  batchId: string,
  name: ExportName,
  query: ExportQuery = {},
): Promise<Export> {
  return exportOf(ctx, await indexedBatch(ctx, batchId, query), name, query);
}

export function exportOf(
  ctx: Hands,
  indexed: IndexedBatch,
  name: ExportName,
  { bodies = false, columns = [], ...filter }: ExportQuery = {},
): Export {
  const { batch } = indexed;
  const part = (range?: ByteSpan) => bytesOf(ctx, indexed, name, { filter, bodies, columns, range });
  const key = `${batch.id} ${batch.index_key} ${name} ${bodies} ${columns.join(',')}`;
  const whole = {
    measure: () => measuredOnce(key, () => measure(ctx, indexed, name, { filter, bodies, columns })),
    part,
  };
  const isWhole = isOver(batch.phase) && isUnfiltered(filter);
  const isInput = name === 'input.jsonl' && isUnfiltered(filter);
  return {
    // What is only a part of it says so wherever it is kept.
    name: `${batch.name} ${isWhole || isInput ? '' : 'partial '}${name}`,
    type: types[name],
    body: part(),
    whole: isWhole ? whole : null,
  };
}

type How = { filter: ResultsFilter; bodies: boolean; columns: string[]; range?: ByteSpan };

async function* bytesOf(
  ctx: Hands,
  indexed: IndexedBatch,
  name: ExportName,
  { filter, bodies, columns, range }: How,
): AsyncGenerator<Uint8Array> {
  const { files, inputKey } = indexed;
  if (name === 'input.jsonl' && isUnfiltered(filter)) yield* asItCame(ctx, inputKey, range);
  else if (files === null) return;
  else if (name === 'results.sqlite') yield* sqliteFile(ctx, files, { filter, bodies, range });
  else {
    const sources = await localSources(ctx, files);
    const order = { files, name, filter, columns, sources, ...(range ? { range } : {}) };
    yield* ctx.index.stream('export', order);
  }
}

/** What was sent leaves as it came: byte order mark, blank lines and all. */
function asItCame({ blobs }: Hands, key: string, range?: ByteSpan): AsyncIterable<Uint8Array> {
  return blobs.read(key, range && { offset: range.from, length: range.to - range.from });
}

async function measure(ctx: Hands, indexed: IndexedBatch, name: ExportName, how: How): Promise<Measured> {
  const { files, batch } = indexed;
  if (name === 'input.jsonl') {
    return ctx.db
      .selectFrom('files')
      .select(['bytes', 'sha256'])
      .where('id', '=', batch.file_id)
      .executeTakeFirstOrThrow();
  }
  if (files === null || name === 'results.sqlite') return measured(bytesOf(ctx, indexed, name, how));
  const { filter, columns } = how;
  const sources = await localSources(ctx, files);
  return ctx.index.ask('measure', { files, name, filter, columns, sources });
}
