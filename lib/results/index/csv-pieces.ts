import 'server-only';
import { parseExact } from '#lib/jsonl/exact-json';
import { answerOf, answerText } from '#lib/model/conversation';
import { type pathRoots, valueAt } from '#lib/model/json-path';
import { csvRow } from '#lib/results/csv';
import type { ExportOrder, IndexedRow, Place, Sources } from '#lib/results/index-orders';
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

/** A table for spreadsheets: one row a request, with the words of its answer and whatever else is asked for. */
export function* csvPieces(
  files: OpenFiles,
  rows: Iterable<IndexedRow>,
  { columns: places, sources }: Pick<ExportOrder, 'columns' | 'sources'>,
): Slices<void> {
  const encoder = new TextEncoder();
  const more = places.map((place) => csvRow([place]).trimEnd());
  // Spreadsheets read UTF-8 only behind a byte order mark.
  let text = `\uFEFF${[...columns, ...more].join(',')}\r\n`;
  for (const row of rows) {
    const sides = sidesOf(row, files, sources);
    text += csvRow([...factsOf(row), answerTo(row, sides), ...places.map((place) => cellAt(sides, place))]);
    if (text.length < pieceCharacters) continue;
    yield encoder.encode(text);
    text = '';
  }
  yield encoder.encode(text);
}

/** Read and parsed only where a column asks for it, with all digits of every number; `words` are the answer's. */
type Sides = Record<(typeof pathRoots)[number], unknown> & { words: string };

function sidesOf({ input, output, attempt }: IndexedRow, files: OpenFiles, sources: Sources): Sides {
  const text = (file: string | undefined, place: Place) =>
    new TextDecoder().decode(files.read(file ?? '', place));
  const came = lazy(() => (output ? text(sources.segments[output.segment], output) : ''));
  const words = lazy(() => answerText(answerOf(parsed(came(), JSON.parse))));
  const request = lazy(() => parsed(text(sources.inputs[attempt], input), parseExact));
  const response = lazy(() => parsed(came(), parseExact));
  const answer = lazy(() => parsed(words(), parseExact));
  return {
    get words() {
      return words();
    },
    get request() {
      return request();
    },
    get response() {
      return response();
    },
    get answer() {
      return answer();
    },
  };
}

function lazy<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function cellAt(sides: Sides, place: string): string | null {
  const value = valueAt(sides, place);
  if (value === undefined || value === null) return null;
  return cut(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
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

function answerTo({ outcome, output }: IndexedRow, sides: Sides): string | null {
  return outcome !== 'succeeded' || output === null ? null : cut(sides.words);
}

/** A spreadsheet cell holds at most 32,767 characters; what is longer is cut there and stands whole in output.jsonl. */
const cellCharacters = 32_000;

export function cut(text: string): string {
  return text.length <= cellCharacters ? text : `${text.slice(0, cellCharacters)}…`;
}

function parsed(text: string, parse: (text: string) => unknown): unknown {
  try {
    return parse(text);
  } catch {
    return null;
  }
}
