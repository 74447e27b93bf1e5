import 'server-only';
import { statSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { FieldFacts } from '#lib/model/answer-field';
import type { IndexFiles, Sources } from '#lib/results/index-orders';
import { type Column, type ColumnName, emptyColumn, readColumn } from './columns.ts';
import { noted } from './new-index.ts';
import type { Field } from './open-field.ts';
import type { Tally } from './tally.ts';

type PlaceName = 'inOffset' | 'inLength' | 'segment' | 'outOffset' | 'outLength';

/** One opened file. Its statements are run to their end at once, and kept for the next time. */
export type Layer = { db: DatabaseSync; prepare(sql: string): StatementSync };

/** An opened index, and what has been learnt of it while it was open. */
export type View = {
  base: Layer;
  retries: Layer | null;
  /** The one that knows all names. */
  top: Layer;
  sources: Sources;
  tally: Tally;
  total: number;
  /** By ordinal, which counts from 1. What is filtered and sorted by is kept, the rest is read again each time. */
  column(name: Exclude<ColumnName, PlaceName | 'ordinal' | 'rowid'>): Column;
  places(name: PlaceName): Column;
  /** By ordinal the row that is shown: in the base, or below zero in what stands beside it. */
  rowids(): Int32Array;
  /** All ordinals in the order of a sort, by its name. */
  orders: Map<string, Uint32Array>;
  /** Results found for a filter and put in order, by what was asked. */
  found: Map<string, Uint32Array>;
  /** Where words stand, by what was searched. */
  hits: Map<string, Uint8Array>;
  /** Fields of the answers, by name; the files they are read from; and what is told of all of them. */
  fields: Map<string, Field>;
  fieldFiles: DatabaseSync[];
  fieldFacts: FieldFacts[] | null;
  close(): void;
};

export function stampOf({ base, retries }: IndexFiles): string {
  return [base, retries ?? []]
    .flat()
    .map((file) => {
      const { ino, size, mtimeMs } = statSync(file);
      return `${file} ${ino} ${size} ${mtimeMs}`;
    })
    .join(' ');
}

export function openView(files: IndexFiles): View {
  const opened: Layer[] = [];
  const close = () => {
    for (const { db } of opened) db.close();
  };
  try {
    const base = openLayer(files.base, opened);
    const retries = files.retries === null ? null : openLayer(files.retries, opened);
    const top = retries ?? base;
    const tally = noted<Tally>(top.db, 'tally');
    const view: View = {
      base,
      retries,
      top,
      sources: { inputs: noted(top.db, 'inputs'), segments: noted(top.db, 'segments') },
      tally,
      ...columnsIn(
        opened,
        Object.values(tally.outcomes).reduce((sum, count) => sum + count, 0),
      ),
      orders: new Map(),
      found: new Map(),
      hits: new Map(),
      fields: new Map(),
      fieldFiles: [],
      fieldFacts: null,
      close() {
        for (const db of view.fieldFiles) db.close();
        close();
      },
    };
    return view;
  } catch (error) {
    close();
    throw error;
  }
}

const mostStatements = 100;

function openLayer(file: string, opened: Layer[]): Layer {
  const db = new DatabaseSync(file, { readOnly: true });
  const statements = new Map<string, StatementSync>();
  const layer: Layer = {
    db,
    prepare(sql) {
      const statement = statements.get(sql) ?? db.prepare(sql);
      if (statements.size > mostStatements) statements.clear();
      statements.set(sql, statement);
      return statement;
    },
  };
  opened.push(layer);
  return layer;
}

/** Of two layers the later one covers the first. */
function columnsIn(layers: Layer[], total: number): Pick<View, 'total' | 'column' | 'places' | 'rowids'> {
  const kept = new Map<string, Column | Int32Array>();
  const keep = <C extends Column | Int32Array>(name: string, make: () => C): C => {
    const column = (kept.get(name) as C | undefined) ?? make();
    kept.set(name, column);
    return column;
  };
  const spread = <C extends Column | Int32Array>(name: ColumnName, into: C, sign = 1): C => {
    for (const [n, { db }] of layers.entries()) {
      const ordinals = keep(`ordinal ${n}`, () => readColumn(db, 'ordinal'));
      const values = readColumn(db, name);
      const by = n === 0 ? 1 : sign;
      for (let row = 0; row < ordinals.length; row++) into[ordinals[row] ?? 0] = by * (values[row] ?? 0);
    }
    return into;
  };
  const read = (name: ColumnName) => spread(name, emptyColumn(name, total + 1));
  return {
    total,
    column: (name) => keep(name, () => read(name)),
    places: read,
    rowids: () => keep('rowid', () => spread('rowid', new Int32Array(total + 1), -1)),
  };
}
