import 'server-only';
import { isUnfiltered, type ResultsFilter } from '#lib/model/result-query';
import type { ExportOrder } from '#lib/results/index-orders';
import type { Slices } from '#lib/results/take-orders';
import { csvPieces } from './csv-pieces.ts';
import { type FilePlace, gather } from './gather.ts';
import { OpenFiles } from './open-files.ts';
import type { View } from './open-view.ts';
import { whereOf } from './query-sql.ts';
import type { RawRow } from './row-shape.ts';

/** A whole file of what is meant, in the order of the input. */
export function* exportRows(view: View, order: ExportOrder): Slices<null> {
  const files = new OpenFiles();
  try {
    switch (order.name) {
      case 'input.jsonl':
        yield* gather(files, requestsOf(view, order));
        break;
      case 'output.jsonl':
        yield* gather(files, answersOf(view, order));
        break;
      case 'results.csv':
        yield* csvPieces(view, files, rowsOf(view, order.filter, '*'), order.sources.segments);
    }
  } finally {
    files.close();
  }
  return null;
}

function* requestsOf(view: View, { filter, sources }: ExportOrder): Generator<FilePlace> {
  for (const row of rowsOf(view, filter, 'attempt, in_offset, in_length')) {
    const file = sources.inputs[Number(row.attempt)] ?? '';
    yield { file, offset: Number(row.in_offset), length: Number(row.in_length) };
  }
}

function* answersOf(view: View, { filter, sources }: ExportOrder): Generator<FilePlace> {
  for (const row of rowsOf(view, filter, 'segment, out_offset, out_length')) {
    if (row.segment === null) continue;
    const file = sources.segments[Number(row.segment)] ?? '';
    yield { file, offset: Number(row.out_offset), length: Number(row.out_length) };
  }
}

function rowsOf(view: View, filter: ResultsFilter, columns: string): Iterable<RawRow> {
  const where = isUnfiltered(filter) ? { sql: 'true', values: [] } : whereOf(filter);
  return view.db
    .prepare(`select ${columns} from shown where ${where.sql} order by ordinal`)
    .iterate(...where.values) as Iterable<RawRow>;
}
