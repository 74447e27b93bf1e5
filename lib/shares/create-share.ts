import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { recordEvent } from '#lib/audit/record-event';
import { demand, reachable } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { newId } from '#lib/model/id';
import type { Share } from '#lib/model/share';
import type { NewShare } from '#lib/model/share.schema';
import { paths } from '#lib/paths';
import { batchRow } from '#lib/store/batches';
import { listShares } from './list-shares.ts';

export type NewLink = { share: Share; url: string; loopback: boolean };

/** The link is shown once: only the hash of its token is kept. */
export async function createShare(ctx: Context, batchId: string, wish: NewShare): Promise<NewLink> {
  demand(ctx, 'operate');
  const { actor } = ctx;
  if (!('userId' in actor)) throw new Refusal('forbidden', 'Only a member can share a batch.');
  const batch = reachable(ctx, await batchRow(ctx.db, ctx.workspace, batchId));
  const expiresAt = wish.expiresAt ? Date.parse(wish.expiresAt) : null;
  if (expiresAt !== null && expiresAt <= ctx.clock()) {
    throw new Refusal('invalid', 'The link would have expired already. Choose a later time.');
  }
  const id = newId('shr');
  const token = randomBytes(32).toString('base64url');
  await ctx.db.transaction().execute(async (trx) => {
    await trx
      .insertInto('shares')
      .values({
        id,
        workspace: ctx.workspace,
        batch_id: batch.id,
        token_hash: hashShareToken(token),
        scope: wish.scope,
        expires_at: expiresAt,
        recipient: wish.recipient ?? null,
        redact_prompts: wish.redactPrompts ? 1 : 0,
        created_by: actor.userId,
        created_at: ctx.clock(),
        views: 0,
        last_viewed_at: null,
      })
      .execute();
    await recordEvent(trx, ctx, {
      subject: batch.id,
      verb: 'share.created',
      data: { scope: wish.scope, share: id },
    });
  });
  const share = (await listShares(ctx, batchId)).find((found) => found.id === id);
  if (!share) throw new Error('A new share was not found again.');
  return { share, url: `${ctx.env.appOrigin}${paths.share(token)}`, loopback: ctx.env.loopback };
}

export function hashShareToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
