import 'server-only';
import path from 'node:path';
import { type Env, EnvProblem } from '#lib/env';
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
    throw whyUnreached(error) ?? error;
  }
}

const unreached: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at its address',
  ENOTFOUND: 'its host is not known',
  ETIMEDOUT: 'its host does not answer',
  '28P01': 'the password is wrong',
  '28000': 'the user may not come in',
  '3D000': 'there is no database of this name',
  '42501': 'the user may not make tables',
};

/** One line that names the variable and repeats nothing of it. */
function whyUnreached(error: unknown): EnvProblem | null {
  const why = unreached[String((error as { code?: unknown } | null)?.code)];
  return why === undefined ? null : new EnvProblem(`DATABASE_URL: the database cannot be used, ${why}`);
}
