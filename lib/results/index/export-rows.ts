import 'server-only';
import type { ExportOrder, Sources } from '#lib/results/index-orders';
import type { Slices } from '#lib/results/take-orders';
import { csvPieces } from './csv-pieces.ts';
import { findOrdinals } from './find-ordinals.ts';
import { type FilePlace, gather } from './gather.ts';
import { OpenFiles } from './open-files.ts';
import type { View } from './open-view.ts';
import { type RawRow, rowsAt } from './row-shape.ts';

/** A whole file of what is meant, in the order of the input. */
export function* exportRows(view: View, order: ExportOrder): Slices<null> {
  const { sources } = order;
  const ordinals = yield* findOrdinals(view, { ...order, sort: 'ordinal' });
  const files = new OpenFiles();
  try {
    switch (order.name) {
      case 'input.jsonl':
        yield* gather(files, requestsOf(view, ordinals, sources));
        break;
      case 'output.jsonl':
        yield* gather(files, answersOf(view, ordinals, sources));
        break;
      case 'results.csv':
        yield* csvPieces(view, files, rowsOf(view, ordinals), sources.segments);
    }
  } finally {
    files.close();
  }
  return null;
}

function* requestsOf(view: View, ordinals: Uint32Array, { inputs }: Sources): Generator<FilePlace> {
  const [attempts, offsets, lengths] = [
    view.column('attempt'),
    view.places('inOffset'),
    view.places('inLength'),
  ];
  for (const ordinal of ordinals) {
    const file = inputs[attempts[ordinal] ?? 0] ?? '';
    yield { file, offset: offsets[ordinal] ?? 0, length: lengths[ordinal] ?? 0 };
  }
}

function* answersOf(view: View, ordinals: Uint32Array, { segments }: Sources): Generator<FilePlace> {
  const [segmentOf, offsets, lengths] = [
    view.places('segment'),
    view.places('outOffset'),
    view.places('outLength'),
  ];
  for (const ordinal of ordinals) {
    const segment = segmentOf[ordinal] ?? 0;
    if (segment === 0) continue;
    const file = segments[segment - 1] ?? '';
    yield { file, offset: offsets[ordinal] ?? 0, length: lengths[ordinal] ?? 0 };
  }
}

/** A few hundred at a time: each of them may be long. */
function* rowsOf(view: View, ordinals: Uint32Array): Generator<RawRow> {
  for (let at = 0; at < ordinals.length; at += 500) yield* rowsAt(view, ordinals.subarray(at, at + 500));
}
