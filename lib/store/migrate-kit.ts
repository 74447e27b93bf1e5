import 'server-only';
import type { Kysely } from 'kysely';
import { openPostgres, openSqlite } from './engine.ts';
import { migrate, type Steps } from './migrate.ts';
import { everyStep } from './released-kit.ts';

/**
 * A start of its own that migrates the store it is given. Told to, it dies inside a step: before the n-th statement,
 * or with all of them done and nothing committed.
 */
const [place = '', fatal = '', n = ''] = process.argv.slice(2);
const db = place.startsWith('postgres') ? openPostgres(place) : openSqlite(place);

const steps = Object.entries(await everyStep()).map(([name, step]): [string, Steps[string]] => [
  name,
  name === fatal ? { up: (trx) => dieIn(step, trx) } : step,
]);
process.stdout.write(JSON.stringify(await migrate(db, Object.fromEntries(steps))));
await db.destroy();

async function dieIn(step: Steps[string], trx: Kysely<unknown>): Promise<void> {
  let reached = 0;
  const watched = trx.withPlugin({
    transformQuery({ node }) {
      reached += 1;
      if (reached === Number(n)) die();
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  await step.up(watched);
  die();
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
