import 'server-only';
import { hashToken, newSecretToken } from '#lib/auth/secret-token';
import type { Context } from '#lib/context';
import { oneAtATime } from '#lib/store/engine';

/** The token of a fresh one-time link while there is no user. It replaces the one before; only its hash is kept. */
export async function renewSetupLink(ctx: Context): Promise<string | null> {
  return ctx.db.transaction().execute(async (tx) => {
    await oneAtATime(tx, 'first member');
    await tx.deleteFrom('setup_links').execute();
    if (await tx.selectFrom('users').select('id').limit(1).executeTakeFirst()) return null;
    const token = newSecretToken();
    await tx
      .insertInto('setup_links')
      .values({ token_hash: hashToken(token), created_at: ctx.clock() })
      .execute();
    return token;
  });
}
