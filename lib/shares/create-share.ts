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
import { once } from '#lib/replays/once';
import { batchRow } from '#lib/store/batches';
import { listShares } from './list-shares.ts';

export type NewLink = { share: Share; url: string; loopback: boolean };

/** The link is shown once: only the hash of its token is kept. Who asks again with the same key gets the same link. */
export async function createShare(
  ctx: Context,
  batchId: string,
  wish: NewShare,
  { key = null }: { key?: string | null } = {},
): Promise<NewLink> {
  demand(ctx, 'operate');
  const { actor } = ctx;
  if (!('userId' in actor)) throw new Refusal('forbidden', 'Only a member can share a batch.');
  const batch = reachable(ctx, await batchRow(ctx.db, ctx.workspace, batchId));
  const id = newId('shr');
  const token =
    key === null ? randomBytes(32).toString('base64url') : tokenFrom(ctx.keyring.mark(markedBy(id)));
  const row = rowOf(ctx, wish, { id, batch_id: batch.id, token_hash: hashShareToken(token) });
  const made = await once(ctx, key, { batchId, ...wish }, async () => async (trx) => {
    await trx
      .insertInto('shares')
      .values({ ...row, created_by: actor.userId })
      .execute();
    const data = { scope: wish.scope, share: id };
    await recordEvent(trx, ctx, { subject: batch.id, verb: 'share.created', data });
    return id;
  });
  const share = (await listShares(ctx, batchId)).find((found) => found.id === made);
  const known = made === id ? token : await tokenAgain(ctx, made);
  if (!share || !known)
    throw new Refusal(
      'not_found',
      'The link that was made with this key was revoked, or sealed with a master key that is gone. Make another.',
    );
  return { share, url: `${ctx.env.appOrigin}${paths.share(known)}`, loopback: ctx.env.loopback };
}

function rowOf(ctx: Context, wish: NewShare, own: { id: string; batch_id: string; token_hash: string }) {
  const now = ctx.clock();
  const expires_at = wish.expiresAt ? Date.parse(wish.expiresAt) : null;
  if (expires_at !== null && expires_at <= now) {
    throw new Refusal('invalid', 'The link would have expired already. Choose a later time.');
  }
  return {
    ...own,
    workspace: ctx.workspace,
    scope: wish.scope,
    expires_at,
    recipient: wish.recipient ?? null,
    redact_prompts: wish.redactPrompts ? (1 as const) : (0 as const),
    created_at: now,
    views: 0,
    last_viewed_at: null,
  };
}

/** Of a link made with a key nothing more is kept than of others: its token is worked out again with the master key. */
async function tokenAgain(ctx: Context, id: string): Promise<string | undefined> {
  const kept = await ctx.db
    .selectFrom('shares')
    .select('token_hash')
    .where('workspace', '=', ctx.workspace)
    .where('id', '=', id)
    .executeTakeFirst();
  const tokens = ctx.keyring.marks(markedBy(id)).map(tokenFrom);
  return tokens.find((token) => hashShareToken(token) === kept?.token_hash);
}

const markedBy = (id: string) => `share:${id}`;

function tokenFrom(mark: string): string {
  return Buffer.from(mark.split('.').at(-1) ?? '', 'hex').toString('base64url');
}

export function hashShareToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
