import 'server-only';
import path from 'node:path';
import type { Env } from '#lib/env';
import { holdDataDir } from './data-dir.ts';
import { type Db, openPostgres, openSqlite } from './engine.ts';
import { migrate } from './migrate.ts';
import { whyUnusable } from './why-unusable.ts';

export type Store = { db: Db; migrated: string[]; close(): Promise<void> };

/** The store the environment names, migrated; one that stands in a folder is held for this process alone. */
export async function openStore(env: Env): Promise<Store> {
  const opened: (() => unknown)[] = [];
  const close = async () => {
    for (const release of opened.reverse()) await release();
  };
  try {
    const db = env.DATABASE_URL === undefined ? openFolder(env, opened) : openPostgres(env.DATABASE_URL);
    opened.push(() => db.destroy());
    return { db, migrated: await migrate(db), close };
  } catch (error) {
    await close();
    throw whyUnusable(error, env) ?? error;
  }
}

function openFolder({ BATCHDECK_DATA_DIR: dir }: Env, opened: (() => unknown)[]): Db {
  const lock = holdDataDir(dir);
  opened.push(() => lock.release());
  return openSqlite(path.join(dir, 'batchdeck.sqlite'));
}
