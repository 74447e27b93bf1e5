import 'server-only';
import type { DatabaseSync } from 'node:sqlite';
import { accepted } from './accepted.ts';

/** What Kysely's dialect asks of better-sqlite3, answered by node:sqlite. */
export function asBetterSqlite(database: DatabaseSync) {
  return {
    close: () => database.close(),
    prepare(text: string) {
      const statement = database.prepare(text);
      const plain = (values: readonly unknown[]) => values.map(accepted);
      return {
        reader: statement.columns().length > 0,
        // Its rows have no prototype, which React refuses to carry to the browser.
        all: (values: readonly unknown[]) => statement.all(...plain(values)).map((row) => ({ ...row })),
        run(values: readonly unknown[]) {
          // A disk that is full ends the transaction by itself; the failure to tell is that one.
          if (text === 'rollback' && !database.isTransaction) return { changes: 0, lastInsertRowid: 0 };
          return statement.run(...plain(values));
        },
        iterate: (values: readonly unknown[]) =>
          statement.iterate(...plain(values)) as IterableIterator<unknown>,
      };
    },
  };
}
