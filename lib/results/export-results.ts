import 'server-only';
import type { Context } from '#lib/context';
import { answerOf, answerText } from '#lib/model/conversation';
import type { Outcome } from '#lib/model/result';
import type { ExportName } from '#lib/paths';
import { csvRow } from './csv.ts';
import { eachRow } from './each-row.ts';
import type { IndexedRow } from './index-orders.ts';
import { type IndexedBatch, indexedBatch } from './indexed-batch.ts';
import { gathered, PlaceReader } from './place-reader.ts';

export type Export = { name: string; type: string; body: AsyncIterable<Uint8Array> };

type Hands = Pick<Context, 'index' | 'blobs'>;
type Writer = (
  ctx: Hands,
  indexed: IndexedBatch,
  outcomes: Outcome[],
  places: PlaceReader,
) => AsyncGenerator<Uint8Array>;

const writers: Record<ExportName, { type: string; write: Writer }> = {
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

export function exportOf(ctx: Hands, indexed: IndexedBatch, name: ExportName, outcomes: Outcome[]): Export {
  const { type, write } = writers[name];
  return {
    name: `${indexed.batch.name} ${name}`,
    type,
    body: gathered(written(ctx, indexed, outcomes, write)),
  };
}

async function* written(
  ctx: Hands,
  indexed: IndexedBatch,
  outcomes: Outcome[],
  write: Writer,
): AsyncGenerator<Uint8Array> {
  const places = new PlaceReader(ctx.blobs);
  try {
    yield* write(ctx, indexed, outcomes, places);
  } finally {
    await places.close();
  }
}

/** The lines as they were sent; with a filter, those whose outcome it names. */
async function* writeInput(
  ctx: Hands,
  indexed: IndexedBatch,
  outcomes: Outcome[],
  places: PlaceReader,
): AsyncGenerator<Uint8Array> {
  if (outcomes.length === 0) {
    yield* ctx.blobs.read(indexed.inputKey);
    return;
  }
  for await (const { row } of eachRow(ctx, indexed, outcomes)) {
    yield await places.read(indexed.inputKey, row.input);
    yield newline;
  }
}

/** The provider's own bytes, one line per answered request, in input order. */
async function* writeOutput(
  ctx: Hands,
  indexed: IndexedBatch,
  outcomes: Outcome[],
  places: PlaceReader,
): AsyncGenerator<Uint8Array> {
  for await (const { row, outputKey } of eachRow(ctx, indexed, outcomes)) {
    if (outputKey === undefined || row.output === null) continue;
    yield await places.read(outputKey, row.output);
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
  ctx: Hands,
  indexed: IndexedBatch,
  outcomes: Outcome[],
  places: PlaceReader,
): AsyncGenerator<Uint8Array> {
  // Spreadsheets read UTF-8 only behind a byte order mark.
  yield Buffer.from(`\uFEFF${columns.join(',')}\r\n`);
  for await (const { row, outputKey } of eachRow(ctx, indexed, outcomes)) {
    const line =
      outputKey === undefined || row.output === null ? null : await places.read(outputKey, row.output);
    const answer = line === null || row.outcome !== 'succeeded' ? null : answerIn(line);
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

function answerIn(line: Uint8Array): string {
  const text = answerText(answerOf(parsed(line)));
  return text.length <= cellCharacters ? text : `${text.slice(0, cellCharacters)}…`;
}

function parsed(line: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(line)) as unknown;
  } catch {
    return null;
  }
}

const newline = new Uint8Array([0x0a]);
