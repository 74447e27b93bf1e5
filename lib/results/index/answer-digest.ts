import 'server-only';
import { providerFor } from '#lib/providers/registry';
import { type AnswerCells, cellsOf } from './answer-cells.ts';
import { Distinct } from './distinct.ts';
import { type ErrorKind, errorKind } from './error-group.ts';
import { type Lines, linesIn } from './lines-in.ts';
import { type TextPage, textPage } from './text-page.ts';

/** The answers of one range of a segment. Lines that name nobody have their places too. */
export type AnswerDigest = {
  customIds: (string | null)[];
  cells: AnswerCells[];
  models: string[];
  /** By answer, its place in the list and one more; 0 where it has none. */
  modelOf: Uint32Array<ArrayBuffer>;
  kinds: ErrorKind[];
  kindOf: Uint32Array<ArrayBuffer>;
  offsets: Float64Array<ArrayBuffer>;
  lengths: Float64Array<ArrayBuffer>;
  texts: TextPage;
};

export function digestAnswers(lines: Lines, how: { dialect: string; preset: string }): AnswerDigest {
  const { readLine } = providerFor(how.dialect, how.preset);
  const customIds: (string | null)[] = [];
  const cells: AnswerCells[] = [];
  const models = new Distinct<string>();
  const kinds = new Distinct<ErrorKind>();
  const modelOf: number[] = [];
  const kindOf: number[] = [];
  const offsets: number[] = [];
  const lengths: number[] = [];
  const texts: string[] = [];
  linesIn(lines, (bytes, offset, length) => {
    if (length === bytes.length && isBlank(bytes)) return;
    const record = readLine(bytes);
    const kind = errorKind(record.outcome, record);
    customIds.push(record.customId);
    cells.push(cellsOf(record));
    modelOf.push(record.model === null ? 0 : models.numberOf(record.model, record.model));
    kindOf.push(kind === null ? 0 : kinds.numberOf(kind.key, kind));
    offsets.push(offset);
    lengths.push(length);
    texts.push(record.text);
  });
  return {
    customIds,
    cells,
    models: models.list,
    modelOf: Uint32Array.from(modelOf),
    kinds: kinds.list,
    kindOf: Uint32Array.from(kindOf),
    offsets: Float64Array.from(offsets),
    lengths: Float64Array.from(lengths),
    texts: textPage(texts),
  };
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
