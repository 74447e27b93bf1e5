import 'server-only';
import type { Kysely, Selectable } from 'kysely';
import { notFound } from '#lib/errors';
import type { Schema } from './schema.ts';

export type BatchRow = Selectable<Schema['batches']>;
export type PartRow = Selectable<Schema['parts']>;
export type IntentRow = Selectable<Schema['intents']>;

export async function batchRow(db: Kysely<Schema>, workspace: string, id: string): Promise<BatchRow> {
  const row = await db
    .selectFrom('batches')
    .selectAll()
    .where('id', '=', id)
    .where('workspace', '=', workspace)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw notFound('This batch');
  return row;
}

export async function partRow(db: Kysely<Schema>, id: string): Promise<PartRow> {
  return db.selectFrom('parts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

export async function partsOf(db: Kysely<Schema>, batchIds: string[]): Promise<PartRow[]> {
  if (batchIds.length === 0) return [];
  return db
    .selectFrom('parts')
    .selectAll()
    .where('batch_id', 'in', batchIds)
    .orderBy('attempt')
    .orderBy('n')
    .execute();
}

export type AttemptFile = { n: number; blobKey: string };

/** What each attempt sends, in their order. */
export async function attemptFiles(db: Kysely<Schema>, batchId: string): Promise<AttemptFile[]> {
  return db
    .selectFrom('attempts')
    .innerJoin('files', 'files.id', 'attempts.file_id')
    .select(['attempts.n', 'files.blob_key as blobKey'])
    .where('attempts.batch_id', '=', batchId)
    .orderBy('attempts.n')
    .execute();
}

/** Fences only rise, whatever the clocks of those who wrote them say. */
export async function latestIntent(db: Kysely<Schema>, partId: string): Promise<IntentRow | undefined> {
  return db
    .selectFrom('intents')
    .selectAll()
    .where('part_id', '=', partId)
    .orderBy('fence', 'desc')
    .executeTakeFirst();
}
