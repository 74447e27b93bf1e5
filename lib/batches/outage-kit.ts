import 'server-only';
import type { Db } from '#lib/store/engine';

/** A store that a test can take away: so many of its next statements fail. */
export function frail(db: Db): { db: Db; fail: (statements: number) => void } {
  let left = 0;
  return {
    db: db.withPlugin({
      transformQuery({ node }) {
        if (left === 0) return node;
        left -= 1;
        throw new Error('The store is away.');
      },
      transformResult: async ({ result }) => result,
    }),
    fail(statements) {
      left = statements;
    },
  };
}
