import 'server-only';
import { demand, reachable } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import type { Share } from '#lib/model/share';
import { batchRow } from '#lib/store/batches';

export async function listShares(ctx: Context, batchId: string): Promise<Share[]> {
  demand(ctx, 'operate');
  reachable(ctx, await batchRow(ctx.db, ctx.workspace, batchId));
  const rows = await ctx.db
    .selectFrom('shares')
    .leftJoin('users', 'users.id', 'shares.created_by')
    .selectAll('shares')
    .select('users.email')
    .where('shares.batch_id', '=', batchId)
    .orderBy('shares.created_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    scope: row.scope,
    expiresAt: row.expires_at === null ? null : new Date(row.expires_at).toISOString(),
    recipient: row.recipient,
    redactPrompts: row.redact_prompts === 1,
    createdAt: new Date(row.created_at).toISOString(),
    createdBy: row.email ?? 'removed member',
    views: row.views,
    lastViewedAt: row.last_viewed_at === null ? null : new Date(row.last_viewed_at).toISOString(),
  }));
}
