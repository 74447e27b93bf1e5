import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { notFound, Refusal } from '#lib/errors';
import { batchesNaming, deleteFileRow, holdFile } from '#lib/store/files';
import { reachFile } from './reach.ts';

/** Row, findings and bytes go, unless a batch needs them. What was made from the file stays. */
export async function deleteFile(ctx: Context, id: string): Promise<void> {
  demand(ctx, 'operate');
  const file = await reachFile(ctx, id);
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await holdFile(trx, id))) throw notFound('The file');
    const [newest, ...others] = await batchesNaming(trx, [id]);
    if (newest) throw new Refusal('conflict', stillNamed(newest.name, others.length));
    await deleteFileRow(trx, id);
    await recordEvent(trx, ctx, { subject: id, verb: 'file.deleted', data: { name: file.name } });
  });
  await ctx.blobs.delete(file.blob_key);
}

function stillNamed(name: string, others: number): string {
  if (others === 0) return `The batch “${name}” needs this file. Delete the batch first.`;
  const more = others === 1 ? '1 other' : `${others} others`;
  return `The batch “${name}” and ${more} need this file. Delete the batches first.`;
}
