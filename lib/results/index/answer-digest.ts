import 'server-only';
import { providerFor } from '#lib/providers/registry';
import { type AnswerCells, cellsOf } from './answer-cells.ts';
import { linesIn, type Range } from './lines-in.ts';

/** The answers of one range of a segment. Lines that name nobody have their places too. */
export type AnswerDigest = {
  customIds: (string | null)[];
  cells: AnswerCells[];
  offsets: Float64Array<ArrayBuffer>;
  lengths: Float64Array<ArrayBuffer>;
};

export function digestAnswers(
  file: string,
  range: Range,
  how: { dialect: string; preset: string },
): AnswerDigest {
  const { readLine } = providerFor(how.dialect, how.preset);
  const customIds: (string | null)[] = [];
  const cells: AnswerCells[] = [];
  const offsets: number[] = [];
  const lengths: number[] = [];
  linesIn(file, range, (bytes, offset, length) => {
    if (length === bytes.length && isBlank(bytes)) return;
    const record = readLine(bytes);
    customIds.push(record.customId);
    cells.push(record.customId === null ? [] : cellsOf(record));
    offsets.push(offset);
    lengths.push(length);
  });
  return { customIds, cells, offsets: Float64Array.from(offsets), lengths: Float64Array.from(lengths) };
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
