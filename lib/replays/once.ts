import 'server-only';
import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { type Actor, type Context, workspace } from '#lib/context';
import { Refusal } from '#lib/errors';
import { isTaken } from '#lib/store/engine';
import type { Schema } from '#lib/store/schema';

type Write<T> = (trx: Kysely<Schema>) => Promise<T>;

/**
 * Creates something at most once for a key: the answer is kept in the transaction that creates it.
 * The same key with another body is a conflict; a replay gets the very same answer.
 */
export async function once<T>(
  ctx: Context,
  key: string | null,
  body: unknown,
  prepare: () => Promise<Write<T>>,
): Promise<T> {
  if (key === null) {
    const write = await prepare();
    return ctx.db.transaction().execute(write);
  }
  const seal = { key, actor: nameOf(ctx.actor), hash: hashOf(body) };
  const earlier = await replay<T>(ctx.db, seal);
  if (earlier) return earlier.answer;
  const write = await prepare();
  try {
    return await ctx.db.transaction().execute(async (trx) => {
      const answer = await write(trx);
      await trx
        .insertInto('replays')
        .values({
          key,
          workspace,
          actor: seal.actor,
          body_hash: seal.hash,
          answer: JSON.stringify(answer),
          created_at: ctx.clock(),
        })
        .execute();
      return answer;
    });
  } catch (error) {
    const won = isTaken(error) ? await replay<T>(ctx.db, seal) : null;
    if (won) return won.answer;
    throw error;
  }
}

async function replay<T>(
  db: Kysely<Schema>,
  seal: { key: string; actor: string; hash: string },
): Promise<{ answer: T } | null> {
  const row = await db
    .selectFrom('replays')
    .select(['body_hash', 'answer'])
    .where('workspace', '=', workspace)
    .where('actor', '=', seal.actor)
    .where('key', '=', seal.key)
    .executeTakeFirst();
  if (!row) return null;
  if (row.body_hash !== seal.hash) {
    throw new Refusal('conflict', 'This Idempotency-Key was already used with another body.');
  }
  return { answer: JSON.parse(row.answer) as T };
}

/** A key belongs to the token that used it: another token of the same person may reach less. */
function nameOf(actor: Actor): string {
  if (actor.kind === 'token') return actor.tokenId;
  return actor.kind === 'user' ? actor.userId : actor.kind;
}

function hashOf(body: unknown): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex');
}
