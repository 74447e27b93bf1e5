import 'server-only';
import type { Kysely, Selectable } from 'kysely';
import { hashToken } from '#lib/auth/secret-token';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { newId } from '#lib/model/id';
import { isTaken } from '#lib/store/engine';
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
  try {
    if (row) await db.updateTable('tokens').set(says).where('id', '=', row.id).execute();
    else await addToken(ctx, db, { name: grant.name, ...says });
  } catch (error) {
    if (isTaken(error))
      throw new Refusal('conflict', 'Another token has this value already. Make a new one.');
    throw error;
  }
  return true;
}

type NewToken = Pick<
  Selectable<Schema['tokens']>,
  'name' | 'token_hash' | 'user_id' | 'connection_id' | 'set_by_file'
>;

async function addToken(ctx: Context, db: Kysely<Schema>, token: NewToken): Promise<void> {
  const made = { id: newId('tok'), workspace: ctx.workspace, created_at: ctx.clock(), used_at: null };
  await db
    .insertInto('tokens')
    .values({ ...made, ...token })
    .execute();
}
