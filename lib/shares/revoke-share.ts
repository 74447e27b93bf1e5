import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';

/** Revoking is deleting: the link is dead for the next request. */
export async function revokeShare(ctx: Context, id: string): Promise<void> {
  demand(ctx, 'operate');
  await ctx.db.transaction().execute(async (trx) => {
    const gone = await trx
      .deleteFrom('shares')
      .where('id', '=', id)
      .where('workspace', '=', ctx.workspace)
      .returning('batch_id')
      .executeTakeFirst();
    if (!gone) throw notFound('This link');
    await recordEvent(trx, ctx, { subject: gone.batch_id, verb: 'share.revoked', data: { share: id } });
  });
}
