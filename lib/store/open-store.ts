import 'server-only';
import path from 'node:path';
import type { Env } from '#lib/env';
import { holdDataDir } from './data-dir.ts';
import { type Db, openPostgres, openSqlite } from './engine.ts';
import { migrate } from './migrate.ts';

export type Store = { db: Db; migrated: string[]; close(): Promise<void> };

/** The store the environment names, migrated; one that stands in a folder is held for this process alone. */
export async function openStore(env: Env): Promise<Store> {
  const lock = env.DATABASE_URL === undefined ? holdDataDir(env.BATCHDECK_DATA_DIR) : null;
  const db =
    env.DATABASE_URL === undefined
      ? openSqlite(path.join(env.BATCHDECK_DATA_DIR, 'batchdeck.sqlite'))
      : openPostgres(env.DATABASE_URL);
  const close = async () => {
    await db.destroy();
    lock?.release();
  };
  try {
    return { db, migrated: await migrate(db), close };
  } catch (error) {
    await close();
    throw error;
  }
}
