import 'server-only';
import { hashToken } from '#lib/auth/secret-token';
import type { Context } from '#lib/context';

/** Whether this one-time link still opens the set-up. */
export async function setupLinkIsOpen(ctx: Context, token: string): Promise<boolean> {
  const link = await ctx.db
    .selectFrom('setup_links')
    .where('token_hash', '=', hashToken(token))
    .where((is) => is.not(is.exists(is.selectFrom('users').select('users.id'))))
    .select('token_hash')
    .executeTakeFirst();
  return link !== undefined;
}
