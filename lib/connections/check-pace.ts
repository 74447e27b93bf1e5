import 'server-only';
import { sql } from 'kysely';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';

const perMinute = 10;

/** So that nobody makes a probe of a stored key: one statement counts and refuses, on however many processes. */
export async function takeCheckTurn(ctx: Context, connectionId: string): Promise<void> {
  const now = ctx.clock();
  const fresh = { failures: 1, until: now + 60_000, updated_at: now };
  const taken = await ctx.db
    .insertInto('throttles')
    .values({ key: `check:${connectionId}`, ...fresh })
    .onConflict((clash) =>
      clash
        .column('key')
        .doUpdateSet({
          failures: sql`case when throttles.until <= ${now} then 1 else throttles.failures + 1 end`,
          until: sql`case when throttles.until <= ${now} then ${fresh.until} else throttles.until end`,
          updated_at: now,
        })
        .where((is) => is.or([is('throttles.until', '<=', now), is('throttles.failures', '<', perMinute)])),
    )
    .executeTakeFirst();
  if (taken.numInsertedOrUpdatedRows === 0n) {
    throw new Refusal('rate_limited', 'This was checked ten times within a minute. Wait a minute.', {
      retryAfterSeconds: 60,
    });
  }
}
