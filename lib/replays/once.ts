import 'server-only';
import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { type Actor, type Context, workspace } from '#lib/context';
import { Refusal } from '#lib/errors';
import { isTaken } from '#lib/store/engine';
import type { Schema } from '#lib/store/schema';

type Seal = { key: string; workspace: string; actor: string; body_hash: string };
type Write<T> = (trx: Kysely<Schema>) => Promise<T>;

/**
 * Creates something at most once for a key: the key is taken first, so that another who brings it waits, and the
 * answer is kept in the transaction that creates it. The same key with another body is a conflict.
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
  const seal = { key, workspace, actor: nameOf(ctx.actor), body_hash: hashOf(body) };
  const earlier = await replay<T>(ctx.db, seal);
  if (earlier) return earlier.answer;
  const write = await prepare();
  try {
    return await ctx.db.transaction().execute(async (trx) => {
      // Whoever comes meanwhile waits here for the end of this transaction.
      await trx
        .insertInto('replays')
        .values({ ...seal, answer: 'null', created_at: ctx.clock() })
        .execute();
      const answer = await write(trx);
      await trx
        .updateTable('replays')
        .set({ answer: JSON.stringify(answer) })
        .where((is) => is.and(placeOf(seal)))
        .execute();
      return answer;
    });
  } catch (error) {
    const won = isTaken(error) ? await replay<T>(ctx.db, seal) : null;
    if (won) return won.answer;
    throw error;
  }
}

async function replay<T>(db: Kysely<Schema>, seal: Seal): Promise<{ answer: T } | null> {
  const row = await db
    .selectFrom('replays')
    .select(['body_hash', 'answer'])
    .where((is) => is.and(placeOf(seal)))
    .executeTakeFirst();
  if (!row) return null;
  if (row.body_hash !== seal.body_hash) {
    throw new Refusal('conflict', 'This Idempotency-Key was already used with another body.');
  }
  return { answer: JSON.parse(row.answer) as T };
}

function placeOf({ workspace, actor, key }: Seal) {
  return { workspace, actor, key };
}

/** A key belongs to the token that used it: another token of the same person may reach less. */
function nameOf(actor: Actor): string {
  if (actor.kind === 'token') return actor.tokenId;
  return actor.kind === 'user' ? actor.userId : actor.kind;
}

function hashOf(body: unknown): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex');
}
