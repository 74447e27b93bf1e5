import 'server-only';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { accepted } from './accepted.ts';

/** A transaction here is a few short statements: one that stands still holds rows that others wait for. */
const limits = {
  connectionTimeoutMillis: 10_000,
  statement_timeout: 30_000,
  lock_timeout: 15_000,
  idle_in_transaction_session_timeout: 20_000,
};

/** What Kysely asks of pg, with values and rows as SQLite has them. What the URL says goes before what stands here. */
export function postgresPool(url: string, more: pg.PoolConfig = {}): PostgresPool {
  const pool = new pg.Pool({
    ...limits,
    max: 10,
    application_name: 'batchdeck',
    keepAlive: true,
    types: { getTypeParser: parserOf },
    ...more,
    connectionString: url,
  });
  // A connection that breaks between two statements would else end the process; whoever asks next gets a new one.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const query = (text: string, values: readonly unknown[] = []) =>
        client.query(text, values.map(accepted));
      return {
        query: query as unknown as PostgresPoolClient['query'],
        release: (broken?: boolean) => client.release(broken),
      };
    },
  };
}

const { INT8, NUMERIC, FLOAT4, FLOAT8, INT2, INT4, OID, BOOL } = pg.types.builtins;
const numbers = new Set<number>([INT2, INT4, INT8, OID, NUMERIC, FLOAT4, FLOAT8]);

/** Numbers are numbers; everything else stays the text it came as, so that no Date gets out. */
function parserOf(oid: number): (text: string) => unknown {
  if (numbers.has(oid)) return Number;
  return oid === BOOL ? (text) => text === 't' : (text) => text;
}
