import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import type { Connection } from '#lib/model/connection';
import { wakeParts } from '#lib/store/connections';
import { findConnection } from './find-connection.ts';
import { getConnection } from './get-connection.ts';

export async function resumeConnection(ctx: Context, id: string): Promise<Connection> {
  demand(ctx, 'administer');
  const row = await findConnection(ctx, id);
  await ctx.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('connections')
      .set({ paused_at: null, paused_why: null })
      .where('id', '=', row.id)
      .where('paused_at', 'is not', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await wakeParts(trx, row.id);
    await recordEvent(trx, ctx, { subject: row.id, verb: 'connection.resumed', data: { name: row.name } });
  });
  ctx.wake();
  return getConnection(ctx, row.id);
}
