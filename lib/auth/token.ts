import 'server-only';
import type { Actor } from '#lib/context';
import type { Db } from '#lib/store/engine';
import { hashToken } from './secret-token.ts';

const form = /^bd_[A-Za-z0-9_-]{16,200}$/;
const markEveryMs = 60_000;

/** Who a `bd_…` token speaks for: its user as that user is now. */
export async function tokenActor(db: Db, token: string, now: number): Promise<Actor | null> {
  if (!form.test(token)) return null;
  const row = await db
    .selectFrom('tokens')
    .innerJoin('users', 'users.id', 'tokens.user_id')
    .where('token_hash', '=', hashToken(token))
    .where('disabled_at', 'is', null)
    .select(['tokens.id', 'tokens.name', 'connection_id', 'used_at', 'user_id', 'role'])
    .executeTakeFirst();
  if (!row) return null;
  if ((row.used_at ?? 0) <= now - markEveryMs) {
    await db.updateTable('tokens').set({ used_at: now }).where('id', '=', row.id).execute();
  }
  return {
    kind: 'token',
    userId: row.user_id,
    name: row.name,
    role: row.role,
    tokenId: row.id,
    connectionId: row.connection_id,
  };
}

export function bearerIn(headers: Headers): string | null {
  return /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null;
}
