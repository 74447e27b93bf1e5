import 'server-only';
import type { Insertable, Selectable } from 'kysely';
import type { Summary } from '#lib/jsonl/validate';
import type { Db } from './engine.ts';
import type { Schema } from './schema.ts';

export type FileRow = Selectable<Schema['files']>;
export type FindingRow = Insertable<Schema['findings']>;
/** Which files somebody reaches: those of the workspace, or one owner's only. */
export type FileReach = { workspace: string; ownerId: string | null };

/** SQLite takes 32,766 values a statement. */
const atOnce = 500;

/** What the judgement of its lines makes of a file's row. */
export function judgedAs(summary: Summary) {
  const { requests, dialect, models, endpoints, errors, warnings } = summary;
  const [named, addressed] = [JSON.stringify(models), JSON.stringify(endpoints)];
  return { requests, dialect, models: named, endpoints: addressed, errors, warnings };
}

export async function insertFile(db: Db, file: FileRow, findings: FindingRow[]): Promise<void> {
  await db.insertInto('files').values(file).execute();
  for (let at = 0; at < findings.length; at += atOnce) {
    await db
      .insertInto('findings')
      .values(findings.slice(at, at + atOnce))
      .execute();
  }
}

export function findFile(db: Db, reach: FileReach, id: string): Promise<FileRow | undefined> {
  return reachable(db, reach).selectAll().where('id', '=', id).executeTakeFirst();
}

export function newestFiles(
  db: Db,
  reach: FileReach,
  after: { at: number; id: string } | null,
  limit: number,
): Promise<FileRow[]> {
  let page = reachable(db, reach).selectAll();
  if (after) {
    page = page.where((eb) =>
      eb.or([
        eb('created_at', '<', after.at),
        eb.and([eb('created_at', '=', after.at), eb('id', '<', after.id)]),
      ]),
    );
  }
  return page.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

export function findingsAfter(db: Db, fileId: string, n: number, limit: number) {
  return db
    .selectFrom('findings')
    .selectAll()
    .where('file_id', '=', fileId)
    .where('n', '>', n)
    .orderBy('n')
    .limit(limit)
    .execute();
}

function reachable(db: Db, { workspace, ownerId }: FileReach) {
  const all = db.selectFrom('files').where('workspace', '=', workspace);
  return ownerId === null ? all : all.where('owner_id', '=', ownerId);
}
