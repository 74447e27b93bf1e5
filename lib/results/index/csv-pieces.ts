import 'server-only';
import { answerOf, answerText } from '#lib/model/conversation';
import { csvRow } from '#lib/results/csv';
import type { IndexedRow } from '#lib/results/index-orders';
import type { Slices } from '#lib/results/take-orders';
import type { OpenFiles } from './open-files.ts';

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

const pieceCharacters = 256 * 1024;

/** A table for spreadsheets: one row a request, with the words of its answer. */
export function* csvPieces(files: OpenFiles, rows: Iterable<IndexedRow>, segments: string[]): Slices<void> {
  const encoder = new TextEncoder();
  // Spreadsheets read UTF-8 only behind a byte order mark.
  let text = `\uFEFF${columns.join(',')}\r\n`;
  for (const row of rows) {
    text += csvRow([...factsOf(row), answerTo(row, files, segments)]);
    if (text.length < pieceCharacters) continue;
    yield encoder.encode(text);
    text = '';
  }
  yield encoder.encode(text);
}

function factsOf(row: IndexedRow): (string | number | null)[] {
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

function answerTo({ outcome, output }: IndexedRow, files: OpenFiles, segments: string[]): string | null {
  if (outcome !== 'succeeded' || output === null) return null;
  const text = answerText(answerOf(parsed(files.read(segments[output.segment] ?? '', output))));
  return text.length <= cellCharacters ? text : `${text.slice(0, cellCharacters)}…`;
}

function parsed(line: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(line)) as unknown;
  } catch {
    return null;
  }
}
