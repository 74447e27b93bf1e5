import 'server-only';
import type { Kysely } from 'kysely';
import { isOver } from '#lib/model/phase';
import type { Schema } from './schema.ts';

/** Of these keys of uploaded files, those a row names. */
export async function namedFiles(db: Kysely<Schema>, keys: string[]): Promise<Set<string>> {
  const rows = await db.selectFrom('files').select('blob_key').where('blob_key', 'in', keys).execute();
  return new Set(rows.map(({ blob_key }) => blob_key));
}

/** The base of an index and, after a retry, what stands beside it: one pointer names both. */
export function indexKeysIn(indexKey: string): string[] {
  return indexKey.split(' ').filter((key) => key !== '');
}

/** All that a pointer keeps. */
export function indexBlobs(indexKey: string | null): string[] {
  return indexKeysIn(indexKey ?? '').flatMap((key) => [key, textKeyOf(key)]);
}

/** The words of a batch stand beside its index. */
export function textKeyOf(key: string): string {
  return key.replace(/\.sqlite$/, '.text');
}

/** The fields of its answers too, once somebody has asked for them. Another form of them has another name. */
export function fieldsKeyOf(key: string): string {
  return key.replace(/\.sqlite$/, '.fields-v1');
}

export type NamedResults = { keys: Set<string>; unfinished: Set<string> };

/** What the batches that still stand name of their results, and which of them are still being collected. */
export async function namedResults(db: Kysely<Schema>, batchIds: string[]): Promise<NamedResults> {
  const batches = await db
    .selectFrom('batches')
    .select(['id', 'index_key'])
    .where('id', 'in', batchIds)
    .where('deleted_at', 'is', null)
    .execute();
  const standing = new Set(batches.map(({ id }) => id));
  const parts = await db
    .selectFrom('parts')
    .select(['batch_id', 'phase', 'segments'])
    .where('batch_id', 'in', batchIds)
    .execute();
  const mine = parts.filter((part) => standing.has(part.batch_id));
  return {
    keys: new Set([
      ...batches.flatMap(({ index_key }) => [
        ...indexBlobs(index_key),
        ...indexKeysIn(index_key ?? '').map(fieldsKeyOf),
      ]),
      ...mine.flatMap(({ segments }) => JSON.parse(segments) as string[]),
    ]),
    unfinished: new Set(mine.filter(({ phase }) => !isOver(phase)).map((part) => part.batch_id)),
  };
}
