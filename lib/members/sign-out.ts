import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { closeSession } from '#lib/auth/session';
import type { Context } from '#lib/context';

/** Ends this session alone; nobody to sign out is no failure. */
export async function signOut(ctx: Context): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== 'user') return;
  await ctx.db.transaction().execute(async (tx) => {
    await closeSession(tx, actor.sessionHash);
    await recordEvent(tx, ctx, { subject: actor.userId, verb: 'session.ended' });
  });
}
