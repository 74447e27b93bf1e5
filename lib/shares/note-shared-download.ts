import 'server-only';
import { noteDownload } from '#lib/audit/note-download';
import type { Context } from '#lib/context';
import type { SharedExportName } from '#lib/paths';
import { findShare } from './open-share.ts';

/** Whoever holds the link has no name here, also when a member uses it: told is the link, by its id. */
export async function noteSharedDownload(
  ctx: Context,
  token: string,
  format: SharedExportName,
): Promise<void> {
  const found = await findShare(ctx, token);
  if (!found) return;
  const { id, batch_id: batchId, recipient } = found.row;
  await noteDownload({ ...ctx, actor: { kind: 'anyone' } }, { batchId, format, share: id, recipient });
}
