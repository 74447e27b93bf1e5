import 'server-only';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { BatchFile } from '#lib/model/file';
import type { FilesQuery } from '#lib/model/file.schema';
import { newestFiles } from '#lib/store/files';
import { reachOf } from './reach.ts';
import { showFile } from './show-file.ts';

export type FileList = { items: BatchFile[]; nextCursor: string | null };

/** Newest first. */
export async function listFiles(ctx: Context, { cursor, limit }: FilesQuery): Promise<FileList> {
  demand(ctx, 'read');
  const after = cursor === undefined ? null : readCursor(cursor);
  const rows = await newestFiles(ctx.db, reachOf(ctx), after, limit + 1);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items: items.map(showFile), nextCursor: last ? `${last.created_at}.${last.id}` : null };
}

function readCursor(cursor: string): { at: number; id: string } {
  const [, at, id] = /^(\d{1,15})\.(fil_[0-9a-f]{32})$/.exec(cursor) ?? [];
  if (!at || !id) throw new Refusal('invalid', 'This cursor is not one of ours.');
  return { at: Number(at), id };
}
