import 'server-only';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';
import { type FileReach, type FileRow, findFile } from '#lib/store/files';

/** A token kept to one connection sees its own user's files: others may have been sent elsewhere. */
export function reachOf(ctx: Context): FileReach {
  const { actor, workspace } = ctx;
  const narrowed = actor.kind === 'token' && actor.connectionId !== null;
  return { workspace, ownerId: narrowed ? actor.userId : null };
}

export async function reachFile(ctx: Context, id: string): Promise<FileRow> {
  const row = await findFile(ctx.db, reachOf(ctx), id);
  if (!row) throw notFound('The file');
  return row;
}
