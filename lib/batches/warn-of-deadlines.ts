import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import type { Context } from '#lib/context';
import { warnAheadMs } from '#lib/model/patience';
import { overPhases } from '#lib/model/phase';
import { timeOf } from '#lib/store/engine';

/** Tells once of each part whose results the provider may soon delete before they were fetched. */
export async function warnOfDeadlines(ctx: Context): Promise<void> {
  const now = await timeOf(ctx.db);
  const soon = await ctx.db
    .selectFrom('parts')
    .select(['id', 'n', 'batch_id', 'results_until'])
    .where('phase', 'not in', [...overPhases, 'collecting'])
    .where('results_until', '<', now + warnAheadMs)
    .where('warned_at', 'is', null)
    .execute();
  for (const part of soon) {
    await ctx.db.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('parts')
        .set({ warned_at: now })
        .where('id', '=', part.id)
        .where('warned_at', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n || part.results_until === null) return;
      const data = { part: part.n, until: new Date(part.results_until).toISOString() };
      const event = { subject: part.batch_id, verb: 'batch.results_expire', data };
      await recordEvent(trx, { ...ctx, clock: () => now }, event);
    });
  }
}
