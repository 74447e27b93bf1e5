import 'server-only';
import path from 'node:path';
import type { Env } from '#lib/env';
import { type Db, openPostgres, openSqlite } from './engine.ts';

/** The store beside a running server: of SQLite that one alone may write, so this one only reads. */
export function openBeside(env: Env): { db: Db; mayWrite: boolean } {
  if (env.DATABASE_URL !== undefined) return { db: openPostgres(env.DATABASE_URL), mayWrite: true };
  const file = path.join(env.BATCHDECK_DATA_DIR, 'batchdeck.sqlite');
  return { db: openSqlite(file, { readOnly: true }), mayWrite: false };
}
