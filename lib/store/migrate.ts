import 'server-only';
import { Migrator } from 'kysely/migration';
import type { Db } from './engine.ts';
import * as walk from './migrations/001-walk.ts';

const migrations = { '001-walk': walk };

/** Each step is one transaction: a kill in the middle leaves the step undone, and the next start does it again. */
export async function migrate(db: Db): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw error;
  return (results ?? []).filter((step) => step.status === 'Success').map((step) => step.migrationName);
}
