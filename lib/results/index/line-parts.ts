import 'server-only';
import type { Outcome } from '#lib/model/result';
import type { IndexedRow, Place, Sources } from '#lib/results/index-orders';
import type { FilePlace } from './gather.ts';

const encoder = new TextEncoder();
const newline = encoder.encode('\n');

const without: Partial<Record<Outcome, string>> = {
  missing: 'The provider never answered this request.',
  cancelled: 'The batch was cancelled before this request was answered.',
  expired: 'The batch ran out of time before this request was answered.',
};

/** The provider's own line; where it never wrote one, a line of the same form that says so. */
export function* errorParts(row: IndexedRow, { segments }: Sources): Generator<FilePlace | Uint8Array> {
  if (row.output) yield placeIn(segments[row.output.segment], row.output);
  else yield encoder.encode(JSON.stringify({ custom_id: row.customId, response: null, error: errorOf(row) }));
  yield newline;
}

/** A request with what became of it. Both sides stand in it byte for byte. */
export function* mergedParts(
  row: IndexedRow,
  { inputs, segments }: Sources,
): Generator<FilePlace | Uint8Array> {
  const { ordinal, customId, outcome, attempt, output } = row;
  const head = { ordinal, custom_id: customId, outcome, attempt, error: errorOf(row) };
  yield encoder.encode(`${JSON.stringify(head).slice(0, -1)},"request":`);
  yield placeIn(inputs[attempt], row.input);
  yield encoder.encode(',"response":');
  yield output ? placeIn(segments[output.segment], output) : encoder.encode('null');
  yield encoder.encode('}\n');
}

function errorOf({ outcome, errorCode, errorMessage }: IndexedRow): { code: string; message: string } | null {
  if (outcome === 'succeeded') return null;
  return {
    code: errorCode ?? outcome,
    message: errorMessage ?? without[outcome] ?? 'The provider gave no reason.',
  };
}

function placeIn(file: string | undefined, { offset, length }: Place): FilePlace {
  return { file: file ?? '', offset, length };
}
