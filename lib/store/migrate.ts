import 'server-only';
import { type Kysely, sql } from 'kysely';
import { type Db, oneAtATime } from './engine.ts';
import * as walk from './migrations/001-walk.ts';
import * as dialects from './migrations/002-dialects.ts';
import * as drafts from './migrations/003-drafts.ts';
import * as fileFacts from './migrations/005-file-facts.ts';
import * as list from './migrations/006-list.ts';
import * as retries from './migrations/007-retries.ts';
import * as spent from './migrations/008-spent.ts';
import * as draftWriters from './migrations/009-draft-writers.ts';
import * as progress from './migrations/010-progress.ts';
import * as draftRoute from './migrations/011-draft-route.ts';

type Step = { up(db: Kysely<unknown>): Promise<void> };
export type Steps = Record<string, Step>;

const steps: Steps = {
  '001-walk': walk,
  '002-dialects': dialects,
  '003-drafts': drafts,
  '005-file-facts': fileFacts,
  '006-list': list,
  '007-retries': retries,
  '008-spent': spent,
  '009-draft-writers': draftWriters,
  '010-progress': progress,
  '011-draft-route': draftRoute,
};

/**
 * Each step is one transaction: a kill in the middle leaves the step undone, and the next start does it again.
 * Of several replicas one takes a step while the others wait. A store that is further than this program is not touched.
 */
export async function migrate(db: Db, known: Steps = steps): Promise<string[]> {
  const taken: string[] = [];
  for (const [name, step] of Object.entries(known)) {
    const isNew = await db.transaction().execute(async (trx) => {
      await oneAtATime(trx, 'migrate');
      const done = await stepsDone(trx, Object.keys(known));
      if (done.has(name)) return false;
      await step.up(trx as unknown as Kysely<unknown>);
      const at = new Date().toISOString();
      await sql`insert into kysely_migration (name, timestamp) values (${name}, ${at})`.execute(trx);
      return true;
    });
    if (isNew) taken.push(name);
  }
  return taken;
}

/** For who works beside a server, which alone migrates: the store must be just as far as this program. */
export async function demandCurrent(db: Db, known: Steps = steps): Promise<void> {
  const names = Object.keys(known);
  const done = await stepsKept(db, names);
  const missing = names.find((name) => !done.has(name));
  if (missing === undefined) return;
  throw new Error(`the store is older than this Batchdeck: ${missing} is missing. Start the server once.`);
}

async function stepsDone(db: Kysely<never> | Db, known: string[]): Promise<Set<string>> {
  await sql`create table if not exists kysely_migration (name varchar(255) primary key, timestamp varchar(255) not null)`.execute(
    db,
  );
  return stepsKept(db, known);
}

async function stepsKept(db: Kysely<never> | Db, known: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  const newer = rows.findLast(({ name }) => !known.includes(name));
  if (newer) {
    throw new Error(
      `the store is at version ${newer.name} and this Batchdeck knows it up to ${known.at(-1)}. Start the newer Batchdeck, or restore the backup made before it.`,
    );
  }
  return new Set(rows.map(({ name }) => name));
}
