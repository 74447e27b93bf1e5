import 'server-only';
import type { Kysely } from 'kysely';
import { hashToken } from '#lib/auth/secret-token';
import type { Context } from '#lib/context';
import { newId } from '#lib/model/id';
import type { Schema } from '#lib/store/schema';

export type TokenGrant = {
  name: string;
  value: string;
  userId: string;
  connectionId: string | null;
  setByFile: boolean;
};

/** Makes a token, or makes the one of this name say what it should. Answers whether anything changed. Only a hash is kept. */
export async function keepToken(ctx: Context, db: Kysely<Schema>, grant: TokenGrant): Promise<boolean> {
  const says = {
    token_hash: hashToken(grant.value),
    user_id: grant.userId,
    connection_id: grant.connectionId,
    set_by_file: grant.setByFile ? (1 as const) : (0 as const),
  };
  const row = await db
    .selectFrom('tokens')
    .selectAll()
    .where('workspace', '=', ctx.workspace)
    .where('name', '=', grant.name)
    .executeTakeFirst();
  if (row && Object.entries(says).every(([name, value]) => row[name as keyof typeof says] === value))
    return false;
  if (row) await db.updateTable('tokens').set(says).where('id', '=', row.id).execute();
  else {
    await db
      .insertInto('tokens')
      .values({
        id: newId('tok'),
        workspace: ctx.workspace,
        name: grant.name,
        ...says,
        created_at: ctx.clock(),
        used_at: null,
      })
      .execute();
  }
  return true;
}
