import 'server-only';
import { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import type { ModelSpend } from '#lib/model/spend';
import { copyNames, Names } from './index/interned.ts';
import { newIndex, note, noted } from './index/new-index.ts';
import { type OrdinalsOf, readAnswers, readRequests, segmentsOf } from './index/read-sources.ts';
import { RowWriter } from './index/row-writer.ts';
import { showBest } from './index/show-best.ts';
import { add, type Tally, told } from './index/tally.ts';
import { type PriceBook, Till } from './index/till.ts';
import type { BuildOrder, Sources, Totals } from './index-orders.ts';
import { indexIndexes } from './index-schema.ts';

/**
 * The later attempts of a batch beside its base, which stays as it is: all they have sent and got, and which of it is
 * shown in the place of what the base has. It costs as much as what was ever retried.
 */
export function buildRetries(
  order: BuildOrder & { base: string },
  helper: Worker | null,
  book: PriceBook,
): Totals {
  const base = new DatabaseSync(order.base, { readOnly: true });
  try {
    return newIndex(order.out, (db, texts) => {
      copyNames(base, db);
      const names = new Names(db);
      const ordinalsOf = ordinalsIn(base);
      const inputs = noted<Sources['inputs']>(base, 'inputs');
      const segments = noted<Sources['segments']>(base, 'segments');
      const used = noted<Tally['sums']>(base, 'used');
      const till = new Till(order.tariff, book, noted<ModelSpend[]>(base, 'spent'));
      const counts: [string, Totals['counts'][string]][] = [];
      for (const attempt of order.attempts) {
        const requests = readRequests(attempt, ordinalsOf, { texts, helper });
        const rows = new RowWriter(db, names, { requests, attempt, till }, ({ cells }) => add(used, cells));
        readAnswers(attempt, order, segments.length, rows, { texts, helper });
        rows.end();
        inputs[attempt.n] = attempt.input.key;
        segments.push(...segmentsOf(attempt));
        counts.push(...rows.counts);
      }
      db.exec(indexIndexes.retries);
      const tally = showBest(base, db);
      note(db, { inputs, segments, tally });
      return told(counts, tally, { used, spent: till.spent() });
    });
  } finally {
    base.close();
  }
}

/** A retried request keeps its id, and by it its place in the batch. */
function ordinalsIn(base: DatabaseSync): OrdinalsOf {
  const find = base.prepare('select ordinal from rows where custom_id = ? order by ordinal limit 1');
  return ({ ids, idLengths }) => {
    const bytes = Buffer.from(ids.buffer);
    let at = 0;
    return idLengths.map((length) => {
      const id = bytes.toString('utf8', at, at + length);
      at += length;
      const found = find.get(id) as { ordinal: number } | undefined;
      if (!found) throw new Error('A retry has a request that its batch has not.');
      return found.ordinal;
    });
  };
}
