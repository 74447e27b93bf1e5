import 'server-only';
import { Refusal } from '#lib/errors';
import type { Db } from '#lib/store/engine';
import { hashToken } from './secret-token.ts';

type Pace = { free: number; mostMs: number };

/** An address may be a whole office behind one door, so it gets more tries before it is slowed. */
const accountPace: Pace = { free: 4, mostMs: 60_000 };
const addressPace: Pace = { free: 30, mostMs: 60_000 };
const forgottenAfterMs = 3_600_000;

export type Turn = { account: string; address: string };

export function turnOf(email: string, addressGroup: string): Turn {
  return { account: `account:${hashToken(email)}`, address: `address:${addressGroup}` };
}

/**
 * Counts the try as failed before the password is looked at, so that a thousand at once get no more than one after
 * the other would. Refused while slowed.
 */
export async function takeTurn(db: Db, turn: Turn, now: number): Promise<void> {
  await count(db, turn.address, addressPace, now);
  await count(db, turn.account, accountPace, now);
}

/** The account starts afresh; the address gets back only this try, or one good account would wash all others. */
export async function giveTurnBack(db: Db, turn: Turn): Promise<void> {
  await db.deleteFrom('throttles').where('key', '=', turn.account).execute();
  await db
    .updateTable('throttles')
    .set((is) => ({ failures: is('failures', '-', 1), until: 0 }))
    .where('key', '=', turn.address)
    .where('failures', '>', 0)
    .execute();
}

/** Whoever tries every name there is leaves a row for each: what slows nobody any more goes. */
export async function forgetTurns(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom('throttles')
    .where('updated_at', '<', now - 24 * forgottenAfterMs)
    .where('until', '<', now)
    .execute();
}

async function count(db: Db, key: string, pace: Pace, now: number): Promise<void> {
  const seen = await db.selectFrom('throttles').where('key', '=', key).selectAll().executeTakeFirst();
  if (seen && seen.until > now) throw slowed(seen.until - now);
  const failures = seen && seen.updated_at > now - forgottenAfterMs ? seen.failures + 1 : 1;
  const next = { failures, until: now + delayAfter(failures, pace), updated_at: now };
  const taken = seen
    ? await db
        .updateTable('throttles')
        .set(next)
        .where('key', '=', key)
        .where('failures', '=', seen.failures)
        .where('until', '=', seen.until)
        .executeTakeFirst()
    : await db
        .insertInto('throttles')
        .values({ key, ...next })
        .onConflict((clash) => clash.column('key').doNothing())
        .executeTakeFirst();
  const rows = 'numUpdatedRows' in taken ? taken.numUpdatedRows : taken.numInsertedOrUpdatedRows;
  if (!rows) await count(db, key, pace, now);
}

function delayAfter(failures: number, { free, mostMs }: Pace): number {
  return failures < free ? 0 : Math.min(mostMs, 1_000 * 2 ** Math.min(failures - free, 20));
}

function slowed(waitMs: number): Refusal {
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  const words = `Too many tries. Wait ${retryAfterSeconds} ${retryAfterSeconds === 1 ? 'second' : 'seconds'} and try again.`;
  return new Refusal('rate_limited', words, { retryAfterSeconds });
}
