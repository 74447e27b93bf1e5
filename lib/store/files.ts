import 'server-only';
import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import { type Db, folded, held } from './engine.ts';
import type { Schema } from './schema.ts';

export type FileRow = Selectable<Schema['files']>;
export type FindingRow = Insertable<Schema['findings']>;
/** Which files somebody reaches: those of the workspace, or one owner's only. */
export type FileReach = { workspace: string; ownerId: string | null };
type Reader = Kysely<Schema>;

/** SQLite takes 32,766 values a statement. */
const atOnce = 500;

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

export type FilesAsked = {
  after: { at: number; id: string } | null;
  named: string | null;
  from: string | null;
};

/** Newest first. */
export function newestFiles(
  db: Db,
  reach: FileReach,
  { after, named, from }: FilesAsked,
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
  if (named !== null) {
    const pattern = `%${named.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
    page = page.where((eb) =>
      eb.or(
        (['name', 'id', 'models'] as const).map(
          (column) => sql<boolean>`${folded(db, column)} like ${pattern} escape '\\'`,
        ),
      ),
    );
  }
  if (from !== null) page = page.where('derived_from', '=', from);
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

/** Nobody deletes it, and nobody makes a batch of it, before the transaction ends. False where it is gone. */
export async function holdFile(trx: Reader, id: string): Promise<boolean> {
  const found = await held(trx, trx.selectFrom('files').select('id').where('id', '=', id)).executeTakeFirst();
  return found !== undefined;
}

export async function deleteFileRow(trx: Reader, id: string): Promise<void> {
  await trx.deleteFrom('findings').where('file_id', '=', id).execute();
  await trx.deleteFrom('files').where('id', '=', id).execute();
}

export type NamedBatch = { fileId: string; id: string; name: string };

/** The batches that stand and send these files, the newest first. Each attempt names what it sends. */
export async function batchesNaming(
  db: Reader,
  fileIds: string[],
  connectionId: string | null = null,
): Promise<NamedBatch[]> {
  if (fileIds.length === 0) return [];
  let naming = db
    .selectFrom('attempts')
    .innerJoin('batches', 'batches.id', 'attempts.batch_id')
    .where('attempts.file_id', 'in', fileIds)
    .where('batches.deleted_at', 'is', null);
  if (connectionId !== null) naming = naming.where('batches.connection_id', '=', connectionId);
  return naming
    .select(['attempts.file_id as fileId', 'batches.id', 'batches.name', 'batches.created_at'])
    .distinct()
    .orderBy('batches.created_at', 'desc')
    .orderBy('batches.id', 'desc')
    .limit(5_000)
    .execute();
}

/** How many files were made from each of these. */
export async function derivedCounts(db: Reader, ids: string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('files')
    .select(['derived_from', (eb) => eb.fn.countAll<number>().as('n')])
    .where('derived_from', 'in', ids)
    .groupBy('derived_from')
    .execute();
  return new Map(rows.map(({ derived_from, n }) => [derived_from ?? '', Number(n)]));
}

export async function fileNames(db: Reader, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('files').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function reachable(db: Db, { workspace, ownerId }: FileReach) {
  const all = db.selectFrom('files').where('workspace', '=', workspace);
  return ownerId === null ? all : all.where('owner_id', '=', ownerId);
}
