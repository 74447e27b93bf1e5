import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import type { Stored } from '#lib/blobs/blobs';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { fp } from '#lib/failpoint';
import type { Summary } from '#lib/jsonl/validate';
import type { BatchFile } from '#lib/model/file';
import type { Finding } from '#lib/model/finding';
import { newId } from '#lib/model/id';
import { once } from '#lib/replays/once';
import { type FileRow, type FindingRow, insertFile } from '#lib/store/files';
import { cleanName } from './clean-name.ts';
import { inspect } from './inspect.ts';
import { createJudge } from './judge.ts';
import { showFile } from './show-file.ts';

export type NewFile = {
  name: string;
  body: AsyncIterable<Uint8Array>;
  /** What is known of the bytes beforehand; null where nothing is. */
  length: number | null;
  sha256: string | null;
  origin: { from: string; recipe: unknown } | null;
};

/** Its bytes stand, its row does not yet: what no row names is swept in time. */
export type StoredFile = { row: FileRow; findings: FindingRow[] };

/** Kept whole with its row, or not at all. The same bytes with the same key again are the file there is. */
export async function keepFile(ctx: Context, made: NewFile, key: string | null = null): Promise<BatchFile> {
  const stored = await storeFile(ctx, made);
  const { name, sha256, blob_key: blobKey } = stored.row;
  let mayStand = false;
  try {
    const same = { file: name, sha256, origin: made.origin };
    const file = await once<BatchFile>(ctx, key, same, async () => async (trx) => {
      await insertStored({ ...ctx, db: trx as Context['db'] }, stored);
      fp('row');
      // A commit whose answer is lost may count all the same. What it did not name is swept.
      mayStand = true;
      return showFile(stored.row);
    });
    mayStand = file.id === stored.row.id;
    fp('row-kept');
    return file;
  } finally {
    if (!mayStand) await ctx.blobs.delete(blobKey);
  }
}

/** One pass over the bytes: judged, hashed and stored as they come. */
export async function storeFile(
  ctx: Context,
  { name, body, length, sha256, origin }: NewFile,
): Promise<StoredFile> {
  const id = newId('fil', ctx.clock());
  const blobKey = `files/${id}`;
  const judge = createJudge();
  try {
    const limits = { maxBytes: ctx.env.BATCHDECK_MAX_FILE_BYTES, announced: length };
    const stored = await ctx.blobs.put(blobKey, inspect(body, judge, limits));
    fp('body-kept');
    if (sha256 !== null && sha256.toLowerCase() !== stored.sha256) throw otherHash();
    return storedFile(ctx, { id, blobKey, name: cleanName(name) }, stored, await judge.finish(), origin);
  } catch (error) {
    judge.stop();
    await ctx.blobs.delete(blobKey);
    throw error;
  }
}

function otherHash(): Refusal {
  return new Refusal('invalid', 'The bytes that came have another SHA-256 than announced. Send them again.');
}

/** Called in the transaction that makes the file somebody's. */
export async function insertStored(ctx: Context, { row, findings }: StoredFile): Promise<void> {
  await insertFile(ctx.db, row, findings);
  const { id, name, bytes, sha256, requests, errors, derived_from: from } = row;
  const verb = from === null ? 'file.received' : 'file.derived';
  const data = { name, bytes, sha256, requests, errors, ...(from !== null && { from }) };
  await recordEvent(ctx.db, ctx, { subject: id, verb, data });
}

function storedFile(
  ctx: Context,
  { id, blobKey, name }: { id: string; blobKey: string; name: string },
  { bytes, sha256 }: Stored,
  { requests, dialect, models, endpoints, errors, warnings, codes, findings }: Summary,
  origin: NewFile['origin'],
): StoredFile {
  const { actor } = ctx;
  const row: FileRow = {
    id,
    workspace: ctx.workspace,
    name,
    bytes,
    sha256,
    blob_key: blobKey,
    requests,
    dialect,
    models: JSON.stringify(models),
    endpoints: JSON.stringify(endpoints),
    errors,
    warnings,
    codes: JSON.stringify(codes),
    owner_id: actor.kind === 'user' || actor.kind === 'token' ? actor.userId : null,
    derived_from: origin?.from ?? null,
    recipe: origin ? JSON.stringify(origin.recipe) : null,
    created_at: ctx.clock(),
  };
  return { row, findings: findings.map((finding, i) => findingRow(id, i + 1, finding)) };
}

function findingRow(fileId: string, n: number, finding: Finding): FindingRow {
  const { place, snippet } = finding;
  return {
    file_id: fileId,
    n,
    line: finding.line,
    col: finding.column,
    severity: finding.severity,
    code: finding.code,
    message: finding.message,
    custom_id: storable(finding.customId),
    other_line: finding.otherLine ?? null,
    place: place ? JSON.stringify({ place, snippet }) : null,
  };
}

/** Postgres takes neither halves of characters nor NUL. */
function storable(text: string | undefined): string | null {
  return text?.toWellFormed().replaceAll('\0', '\ufffd') ?? null;
}
