import 'server-only';
import { boundConnection } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import type { FileSummary } from '#lib/model/file';
import { batchesNaming, derivedCounts, type FileRow, fileNames } from '#lib/store/files';
import { showFile } from './show-file.ts';

const namedBatches = 3;

/** Rows with what they were made from, what was made from them and which batches need them. */
export async function summarizeFiles(ctx: Context, rows: FileRow[]): Promise<FileSummary[]> {
  const ids = rows.map(({ id }) => id);
  const batches = Map.groupBy(await batchesNaming(ctx.db, ids, boundConnection(ctx)), ({ fileId }) => fileId);
  const derived = await derivedCounts(ctx.db, ids);
  const names = await fileNames(
    ctx.db,
    rows.flatMap(({ derived_from: from }) => (from === null ? [] : [from])),
  );
  return rows.map((row) => {
    const { id, derived_from: from } = row;
    const users = batches.get(id) ?? [];
    return {
      ...showFile(row),
      origin: from === null ? null : { id: from, name: names.get(from) ?? null },
      derived: derived.get(id) ?? 0,
      usedBy: {
        total: users.length,
        newest: users.slice(0, namedBatches).map(({ id, name }) => ({ id, name })),
      },
    };
  });
}
