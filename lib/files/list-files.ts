import 'server-only';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { FileSummary } from '#lib/model/file';
import type { FilesQuery } from '#lib/model/file.schema';
import { newestFiles } from '#lib/store/files';
import { reachOf } from './reach.ts';
import { summarizeFiles } from './summarize-files.ts';

export type FileList = { items: FileSummary[]; nextCursor: string | null };

/** Newest first. */
export async function listFiles(ctx: Context, { q, from, cursor, limit }: FilesQuery): Promise<FileList> {
  demand(ctx, 'read');
  const after = cursor === undefined ? null : readCursor(cursor);
  const asked = { after, named: q || null, from: from ?? null };
  const rows = await newestFiles(ctx.db, reachOf(ctx), asked, limit + 1);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items: await summarizeFiles(ctx, items),
    nextCursor: last ? `${last.created_at}.${last.id}` : null,
  };
}

function readCursor(cursor: string): { at: number; id: string } {
  const [, at, id] = /^(\d{1,15})\.(fil_[0-9a-f]{32})$/.exec(cursor) ?? [];
  if (!at || !id) throw new Refusal('invalid', 'This cursor is not one of ours.');
  return { at: Number(at), id };
}
