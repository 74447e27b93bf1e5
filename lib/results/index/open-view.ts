import 'server-only';
import { statSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { IndexFiles, Sources } from '#lib/results/index-orders';
import type { Tally } from './tally.ts';

/** An opened index, and what has been learnt of it while it was open. */
export type View = {
  db: DatabaseSync;
  /** A statement that is run to its end at once, and kept for the next time. */
  prepare(sql: string): StatementSync;
  sources: Sources;
  tally: Tally;
  total: number;
  /** Results found for a filter and put in order, by what was asked. */
  found: Map<string, Uint32Array>;
};

const mostStatements = 100;

export function stampOf({ base }: IndexFiles): string {
  const { ino, size, mtimeMs } = statSync(base);
  return `${base} ${ino} ${size} ${mtimeMs}`;
}

export function openView({ base }: IndexFiles): View {
  const db = new DatabaseSync(base, { readOnly: true });
  try {
    db.exec('pragma cache_size = -4000; create temp view shown as select * from main.rows');
    const note = db.prepare('select value from meta where name = ?');
    const noted = <T>(name: string) => JSON.parse((note.get(name) as { value: string }).value) as T;
    const tally = noted<Tally>('tally');
    const statements = new Map<string, StatementSync>();
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
      total: Object.values(tally.outcomes).reduce((sum, count) => sum + count, 0),
      found: new Map(),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}
