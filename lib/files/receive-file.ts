import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { demand } from '#lib/auth/permissions';
import type { Stored } from '#lib/blobs/blobs';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { fp } from '#lib/failpoint';
import type { Summary } from '#lib/jsonl/validate';
import type { BatchFile } from '#lib/model/file';
import type { Finding } from '#lib/model/finding';
import { newId } from '#lib/model/id';
import { type FileRow, type FindingRow, insertFile, judgedAs } from '#lib/store/files';
import { cleanName } from './clean-name.ts';
import { inspect, tooLarge } from './inspect.ts';
import { createJudge } from './judge.ts';
import { showFile } from './show-file.ts';
import { type Pace, uploadPace, withPace } from './with-pace.ts';

export type Upload = {
  name: string;
  body: AsyncIterable<Uint8Array>;
  /** What the client announced; null where it did not. */
  contentLength: number | null;
  sha256: string | null;
  pace?: Pace;
};

/** One pass over the bytes: judged, hashed and stored as they come. Kept whole with its row, or not at all. */
export async function receiveFile(ctx: Context, upload: Upload): Promise<BatchFile> {
  demand(ctx, 'operate');
  const maxBytes = ctx.env.BATCHDECK_MAX_FILE_BYTES;
  const { contentLength: announced, sha256, pace = uploadPace } = upload;
  if (sha256 !== null && !/^[0-9a-f]{64}$/i.test(sha256)) {
    throw new Refusal('invalid', 'x-content-sha256 must be 64 hexadecimal digits.');
  }
  if (announced !== null && announced > maxBytes) throw tooLarge(maxBytes);

  const id = newId('fil', ctx.clock());
  const blobKey = `files/${id}`;
  const judge = createJudge();
  try {
    const body = inspect(withPace(upload.body, pace), judge, { maxBytes, announced });
    const stored = await ctx.blobs.put(blobKey, body);
    fp('body-kept');
    if (sha256 !== null && sha256.toLowerCase() !== stored.sha256) {
      throw new Refusal(
        'invalid',
        'The bytes that came have another SHA-256 than announced. Send them again.',
      );
    }
    return await keep(ctx, { id, blobKey, name: cleanName(upload.name) }, stored, await judge.finish());
  } catch (error) {
    judge.stop();
    await ctx.blobs.delete(blobKey);
    throw error;
  }
}

async function keep(
  ctx: Context,
  { id, blobKey, name }: { id: string; blobKey: string; name: string },
  { bytes, sha256 }: Stored,
  summary: Summary,
): Promise<BatchFile> {
  const { actor } = ctx;
  const row: FileRow = {
    id,
    workspace: ctx.workspace,
    name,
    bytes,
    sha256,
    blob_key: blobKey,
    ...judgedAs(summary),
    owner_id: actor.kind === 'user' || actor.kind === 'token' ? actor.userId : null,
    derived_from: null,
    recipe: null,
    created_at: ctx.clock(),
  };
  const findings = summary.findings.map((finding, i) => findingRow(id, i + 1, finding));
  await ctx.db.transaction().execute(async (trx) => {
    await insertFile(trx, row, findings);
    const data = { name, bytes, sha256, requests: row.requests, errors: row.errors };
    await recordEvent(trx, ctx, { subject: id, verb: 'file.received', data });
    fp('row');
  });
  fp('row-kept');
  return showFile(row);
}

function findingRow(fileId: string, n: number, finding: Finding): FindingRow {
  return {
    file_id: fileId,
    n,
    line: finding.line,
    col: finding.column,
    severity: finding.severity,
    code: finding.code,
    message: finding.message,
    custom_id: finding.customId?.toWellFormed() ?? null,
    other_line: finding.otherLine ?? null,
  };
}
