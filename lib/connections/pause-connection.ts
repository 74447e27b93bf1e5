import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import type { Connection } from '#lib/model/connection';
import type { Pause } from '#lib/model/connection.schema';
import { findConnection } from './find-connection.ts';
import { getConnection } from './get-connection.ts';

/** Until it is resumed the clock makes no call of it; what is at the provider goes on there. */
export async function pauseConnection(ctx: Context, id: string, { why }: Pause): Promise<Connection> {
  demand(ctx, 'administer');
  const row = await findConnection(ctx, id);
  await ctx.db.transaction().execute(async (trx) => {
    await trx
      .updateTable('connections')
      .set({ paused_at: ctx.clock(), paused_why: why })
      .where('id', '=', row.id)
      .where('deleted_at', 'is', null)
      .execute();
    const data = { name: row.name, why };
    await recordEvent(trx, ctx, { subject: row.id, verb: 'connection.paused', data });
  });
  return getConnection(ctx, row.id);
}
