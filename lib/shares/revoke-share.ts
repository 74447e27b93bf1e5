import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { boundConnection, demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';

/** Revoking is deleting: the link is dead for the next request. */
export async function revokeShare(ctx: Context, id: string): Promise<void> {
  demand(ctx, 'operate');
  const only = boundConnection(ctx);
  await ctx.db.transaction().execute(async (trx) => {
    let found = trx.deleteFrom('shares').where('id', '=', id).where('workspace', '=', ctx.workspace);
    if (only !== null) {
      found = found.where('batch_id', 'in', (eb) =>
        eb.selectFrom('batches').select('batches.id').where('connection_id', '=', only),
      );
    }
    const gone = await found.returning('batch_id').executeTakeFirst();
    if (!gone) throw notFound('This link');
    await recordEvent(trx, ctx, { subject: gone.batch_id, verb: 'share.revoked', data: { share: id } });
  });
}
