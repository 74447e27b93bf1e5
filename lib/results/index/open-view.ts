import 'server-only';
import { statSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { IndexFiles, Sources } from '#lib/results/index-orders';
import { type Column, type ColumnName, emptyColumn, readColumn } from './columns.ts';
import type { Tally } from './tally.ts';

/** An opened index, and what has been learnt of it while it was open. */
export type View = {
  db: DatabaseSync;
  /** A statement that is run to its end at once, and kept for the next time. */
  prepare(sql: string): StatementSync;
  sources: Sources;
  tally: Tally;
  total: number;
  /** By ordinal, which counts from 1. What is filtered and sorted by is kept, the rest is read again each time. */
  column(name: Exclude<ColumnName, PlaceName | 'ordinal'>): Column;
  places(name: PlaceName): Column;
  /** By ordinal the place of its row in the table. */
  rowids(): Uint32Array;
  /** All ordinals in the order of a sort, by its name. */
  orders: Map<string, Uint32Array>;
  /** Results found for a filter and put in order, by what was asked. */
  found: Map<string, Uint32Array>;
  /** Where words stand, by what was searched. */
  hits: Map<string, Uint8Array>;
};

type PlaceName = 'attempt' | 'inOffset' | 'inLength' | 'segment' | 'outOffset' | 'outLength';

const mostStatements = 100;

export function stampOf({ base }: IndexFiles): string {
  const { ino, size, mtimeMs } = statSync(base);
  return `${base} ${ino} ${size} ${mtimeMs}`;
}

export function openView({ base }: IndexFiles): View {
  const db = new DatabaseSync(base, { readOnly: true });
  try {
    const note = db.prepare('select value from meta where name = ?');
    const noted = <T>(name: string) => JSON.parse((note.get(name) as { value: string }).value) as T;
    const tally = noted<Tally>('tally');
    const total = Object.values(tally.outcomes).reduce((sum, count) => sum + count, 0);
    const statements = new Map<string, StatementSync>();
    const columns = new Map<string, Column>();
    const kept = (name: string, make: () => Column) => {
      const column = columns.get(name) ?? make();
      columns.set(name, column);
      return column;
    };
    const written = () => kept('ordinal', () => readColumn(db, 'ordinal'));
    const read = (name: ColumnName) =>
      byOrdinal(written(), readColumn(db, name), emptyColumn(name, total + 1));
    return {
      db,
      prepare(sql) {
        const statement = statements.get(sql) ?? db.prepare(sql);
        if (statements.size > mostStatements) statements.clear();
        statements.set(sql, statement);
        return statement;
      },
      sources: { inputs: noted('inputs'), segments: noted('segments') },
      tally,
      total,
      column: (name) => kept(name, () => read(name)),
      places: read,
      rowids: () =>
        kept('rowids', () => {
          const ordinals = written();
          return byOrdinal(
            ordinals,
            ordinals.map((_, n) => n + 1),
            new Uint32Array(total + 1),
          );
        }) as Uint32Array,
      orders: new Map(),
      found: new Map(),
      hits: new Map(),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

function byOrdinal<C extends Column>(ordinals: Column, values: Column, into: C): C {
  for (let n = 0; n < ordinals.length; n++) into[ordinals[n] ?? 0] = values[n] ?? 0;
  return into;
}
