import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { boundConnection, demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { draftGone } from './show-draft.ts';

export async function deleteDraft(ctx: Context, id: string): Promise<void> {
  demand(ctx, 'operate');
  const only = boundConnection(ctx);
  await ctx.db.transaction().execute(async (trx) => {
    let found = trx.deleteFrom('drafts').where('workspace', '=', ctx.workspace).where('id', '=', id);
    if (only !== null) found = found.where('connection_id', '=', only);
    const gone = await found.returning(['id', 'name']).executeTakeFirst();
    if (!gone) throw draftGone();
    await recordEvent(trx, ctx, { subject: id, verb: 'draft.deleted', data: { name: gone.name } });
  });
}
