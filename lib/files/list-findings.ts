import 'server-only';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import type { FindingsQuery } from '#lib/model/file.schema';
import type { Finding } from '#lib/model/finding';
import { findingsAfter } from '#lib/store/files';
import { reachFile } from './reach.ts';

export type FindingList = { items: Finding[]; nextCursor: string | null; total: number };

/** In file order. `total` counts all, of which the first thousand are kept. */
export async function listFindings(
  ctx: Context,
  fileId: string,
  { cursor, limit }: FindingsQuery,
): Promise<FindingList> {
  demand(ctx, 'read');
  const file = await reachFile(ctx, fileId);
  const rows = await findingsAfter(ctx.db, file.id, cursor, limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const items = page.map((row) => ({
    line: row.line,
    column: row.col,
    severity: row.severity,
    code: row.code as Finding['code'],
    message: row.message,
    ...(row.custom_id !== null && { customId: row.custom_id }),
    ...(row.other_line !== null && { otherLine: row.other_line }),
    ...(row.place !== null && (JSON.parse(row.place) as Pick<Finding, 'place' | 'snippet'>)),
  }));
  return { items, nextCursor: last ? String(last.n) : null, total: file.errors + file.warnings };
}
