import 'server-only';
import type { Context } from '#lib/context';
import { answerOf, answerText } from '#lib/model/conversation';
import type { Outcome } from '#lib/model/result';
import type { ExportName } from '#lib/paths';
import { csvRow } from './csv.ts';
import { eachRow } from './each-row.ts';
import type { IndexedRow, Place } from './index-orders.ts';
import { type IndexedBatch, indexedBatch } from './indexed-batch.ts';

export type Export = { name: string; type: string; body: AsyncIterable<Uint8Array> };

const writers: Record<ExportName, { type: string; write: typeof writeInput }> = {
  'input.jsonl': { type: 'application/x-ndjson', write: writeInput },
  'output.jsonl': { type: 'application/x-ndjson', write: writeOutput },
  'results.csv': { type: 'text/csv; charset=utf-8', write: writeCsv },
};

export async function exportResults(
  ctx: Context,
  batchId: string,
  name: ExportName,
  outcomes: Outcome[],
): Promise<Export> {
  return exportOf(ctx, await indexedBatch(ctx, batchId), name, outcomes);
}

export function exportOf(
  ctx: Pick<Context, 'index' | 'blobs'>,
  indexed: IndexedBatch,
  name: ExportName,
  outcomes: Outcome[],
): Export {
  const { type, write } = writers[name];
  return { name: `${indexed.batch.name} ${name}`, type, body: write(ctx, indexed, outcomes) };
}

/** The lines as they were sent; with a filter, those whose outcome it names. */
async function* writeInput(
  ctx: Pick<Context, 'index' | 'blobs'>,
  indexed: IndexedBatch,
  outcomes: Outcome[],
): AsyncGenerator<Uint8Array> {
  if (outcomes.length === 0) {
    yield* ctx.blobs.read(indexed.inputKey);
    return;
  }
  for await (const { row } of eachRow(ctx, indexed, outcomes)) {
    yield* ctx.blobs.read(indexed.inputKey, row.input);
    yield newline;
  }
}

/** The provider's own bytes, one line per answered request, in input order. */
async function* writeOutput(
  ctx: Pick<Context, 'index' | 'blobs'>,
  indexed: IndexedBatch,
  outcomes: Outcome[],
): AsyncGenerator<Uint8Array> {
  for await (const { row, outputKey } of eachRow(ctx, indexed, outcomes)) {
    if (outputKey === undefined || row.output === null) continue;
    yield* ctx.blobs.read(outputKey, row.output);
    yield newline;
  }
}

const columns = [
  'ordinal',
  'custom_id',
  'outcome',
  'flags',
  'model',
  'finish_reason',
  'http_status',
  'error_code',
  'error_message',
  'input_tokens',
  'output_tokens',
  'cost',
  'answer',
];

async function* writeCsv(
  ctx: Pick<Context, 'index' | 'blobs'>,
  indexed: IndexedBatch,
  outcomes: Outcome[],
): AsyncGenerator<Uint8Array> {
  // Spreadsheets read UTF-8 only behind a byte order mark.
  yield Buffer.from(`\uFEFF${columns.join(',')}\r\n`);
  for await (const { row, outputKey } of eachRow(ctx, indexed, outcomes)) {
    const answer = outputKey === undefined ? null : await answerIn(ctx, outputKey, row);
    yield Buffer.from(csvRow([...facts(row), answer]));
  }
}

function facts(row: IndexedRow): (string | number | null)[] {
  return [
    row.ordinal,
    row.customId,
    row.outcome,
    row.flags.join(' '),
    row.model,
    row.finishReason,
    row.httpStatus,
    row.errorCode,
    row.errorMessage,
    row.usage?.input ?? null,
    row.usage?.output ?? null,
    row.cost,
  ];
}

/** A spreadsheet cell holds at most 32,767 characters; longer answers are cut there and stand whole in output.jsonl. */
const cellCharacters = 32_000;

async function answerIn(ctx: Pick<Context, 'blobs'>, key: string, row: IndexedRow): Promise<string | null> {
  if (row.output === null) return null;
  const text = answerText(answerOf(await readLine(ctx, key, row.output)));
  return text.length <= cellCharacters ? text : `${text.slice(0, cellCharacters)}…`;
}

async function readLine(ctx: Pick<Context, 'blobs'>, key: string, place: Place): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of ctx.blobs.read(key, place)) chunks.push(chunk);
  try {
    return JSON.parse(new TextDecoder().decode(Buffer.concat(chunks))) as unknown;
  } catch {
    return null;
  }
}

const newline = new Uint8Array([0x0a]);
