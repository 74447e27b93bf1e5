import 'server-only';
import path from 'node:path';
import type { Env } from '#lib/env';
import { type Db, openPostgres, openSqlite } from './engine.ts';
import { demandCurrent } from './migrate.ts';
import { whyUnusable } from './why-unusable.ts';

/** The store beside a running server: of SQLite that one alone may write, so this one only reads. */
export async function openBeside(env: Env): Promise<{ db: Db; mayWrite: boolean }> {
  const mayWrite = env.DATABASE_URL !== undefined;
  let db: Db | null = null;
  try {
    db = env.DATABASE_URL === undefined ? openFolder(env) : openPostgres(env.DATABASE_URL);
    await demandCurrent(db);
    return { db, mayWrite };
  } catch (error) {
    await db?.destroy();
    throw whyUnusable(error, env) ?? error;
  }
}

function openFolder(env: Env): Db {
  return openSqlite(path.join(env.BATCHDECK_DATA_DIR, 'batchdeck.sqlite'), { readOnly: true });
}
