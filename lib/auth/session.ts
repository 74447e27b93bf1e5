import 'server-only';
import type { Context } from '#lib/context';
import type { Role } from '#lib/model/role';
import type { Db } from '#lib/store/engine';
import { hashToken, newSecretToken } from './secret-token.ts';

const day = 24 * 3_600_000;
const idleLimitMs = 7 * day;
export const absoluteLimitMs = 30 * day;
const touchEveryMs = 60_000;

export type FoundSession = { hash: string; userId: string; email: string; role: Role };

/** A new token at every sign-in: what stood in the cookie before is worth nothing. */
export async function openSession(db: Db, ctx: Context, userId: string): Promise<string> {
  const token = newSecretToken();
  const now = ctx.clock();
  await db
    .deleteFrom('sessions')
    .where((is) => is.or([is('expires_at', '<=', now), is('seen_at', '<=', now - idleLimitMs)]))
    .execute();
  await db
    .insertInto('sessions')
    .values({
      id_hash: hashToken(token),
      workspace: ctx.workspace,
      user_id: userId,
      created_at: now,
      seen_at: now,
      expires_at: now + absoluteLimitMs,
    })
    .execute();
  return token;
}

export async function findSession(db: Db, token: string, now: number): Promise<FoundSession | null> {
  const hash = hashToken(token);
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .where('id_hash', '=', hash)
    .where('expires_at', '>', now)
    .where('seen_at', '>', now - idleLimitMs)
    .where('disabled_at', 'is', null)
    .select(['users.id', 'email', 'role', 'seen_at'])
    .executeTakeFirst();
  if (!row) return null;
  if (row.seen_at <= now - touchEveryMs) {
    await db.updateTable('sessions').set({ seen_at: now }).where('id_hash', '=', hash).execute();
  }
  return { hash, userId: row.id, email: row.email, role: row.role };
}

export async function closeSession(db: Db, hash: string): Promise<void> {
  await db.deleteFrom('sessions').where('id_hash', '=', hash).execute();
}
