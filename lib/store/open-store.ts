import 'server-only';
import path from 'node:path';
import type { Env } from '#lib/env';
import { holdDataDir } from './data-dir.ts';
import { type Db, openSqlite } from './engine.ts';
import { migrate } from './migrate.ts';

export type Store = { db: Db; migrated: string[]; close(): Promise<void> };

/** The store the environment names, migrated and held. */
export async function openStore(env: Env): Promise<Store> {
  const lock = holdDataDir(env.BATCHDECK_DATA_DIR);
  const db = openSqlite(path.join(env.BATCHDECK_DATA_DIR, 'batchdeck.sqlite'));
  return {
    db,
    migrated: await migrate(db),
    async close() {
      await db.destroy();
      lock.release();
    },
  };
}
