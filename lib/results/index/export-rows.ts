import 'server-only';
import { createHash } from 'node:crypto';
import type { ExportOrder, IndexedRow, Measured, Sources } from '#lib/results/index-orders';
import type { Slices } from '#lib/results/take-orders';
import { csvPieces } from './csv-pieces.ts';
import { findOrdinals } from './find-ordinals.ts';
import { asLines, type FilePlace, gather } from './gather.ts';
import { errorParts, mergedParts } from './line-parts.ts';
import { OpenFiles } from './open-files.ts';
import type { View } from './open-view.ts';
import { asRow, rowsAt } from './row-shape.ts';

/** A whole file of what is meant, in the order of the input; or a part of it. */
export function* exportRows(view: View, order: ExportOrder): Slices<null> {
  const { from = 0, to = Number.POSITIVE_INFINITY } = order.range ?? {};
  let at = 0;
  for (const piece of piecesOf(view, order)) {
    if (piece === undefined) {
      yield piece;
      continue;
    }
    const start = Math.max(0, from - at);
    const end = Math.min(piece.length, to - at);
    at += piece.length;
    if (start < end) yield piece.subarray(start, end);
    else yield undefined;
    if (at >= to) break;
  }
  return null;
}

/** How long a whole export is and what its bytes hash to, without sending it. */
export function* measureExport(view: View, order: ExportOrder): Slices<Measured> {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const piece of piecesOf(view, order)) {
    if (piece) {
      hash.update(piece);
      bytes += piece.length;
    }
    yield undefined;
  }
  return { bytes, sha256: hash.digest('hex') };
}

function* piecesOf(view: View, order: ExportOrder): Slices<void> {
  const { sources } = order;
  const ordinals = yield* findOrdinals(view, { ...order, sort: 'ordinal' });
  const files = new OpenFiles();
  try {
    switch (order.name) {
      case 'input.jsonl':
        yield* gather(files, asLines(requestsOf(view, ordinals, sources)));
        break;
      case 'output.jsonl':
        yield* gather(files, asLines(answersOf(view, ordinals, sources)));
        break;
      case 'errors.jsonl': {
        const outcomes = view.column('outcome');
        const failed = ordinals.filter((ordinal) => outcomes[ordinal] !== 0);
        yield* gather(
          files,
          partsOf(view, failed, (row) => errorParts(row, sources)),
        );
        break;
      }
      case 'merged.jsonl':
        yield* gather(
          files,
          partsOf(view, ordinals, (row) => mergedParts(row, sources)),
        );
        break;
      case 'results.csv':
        yield* csvPieces(files, rowsOf(view, ordinals), order);
    }
  } finally {
    files.close();
  }
}

function* requestsOf(view: View, ordinals: Uint32Array, { inputs }: Sources): Generator<FilePlace> {
  const attempts = view.column('attempt');
  const [offsets, lengths] = [view.places('inOffset'), view.places('inLength')];
  for (const ordinal of ordinals) {
    const file = inputs[attempts[ordinal] ?? 0] ?? '';
    yield { file, offset: offsets[ordinal] ?? 0, length: lengths[ordinal] ?? 0 };
  }
}

function* answersOf(view: View, ordinals: Uint32Array, { segments }: Sources): Generator<FilePlace> {
  const segmentOf = view.places('segment');
  const [offsets, lengths] = [view.places('outOffset'), view.places('outLength')];
  for (const ordinal of ordinals) {
    const segment = segmentOf[ordinal] ?? 0;
    if (segment === 0) continue;
    const file = segments[segment - 1] ?? '';
    yield { file, offset: offsets[ordinal] ?? 0, length: lengths[ordinal] ?? 0 };
  }
}

function* partsOf(
  view: View,
  ordinals: Uint32Array,
  parts: (row: IndexedRow) => Iterable<FilePlace | Uint8Array>,
): Generator<FilePlace | Uint8Array> {
  for (const row of rowsOf(view, ordinals)) yield* parts(row);
}

/** A few hundred at a time: each of them may be long. */
export function* rowsOf(view: View, ordinals: Uint32Array): Generator<IndexedRow> {
  for (let at = 0; at < ordinals.length; at += 500) {
    for (const raw of rowsAt(view, ordinals.subarray(at, at + 500))) yield asRow(view, raw);
  }
}
