import 'server-only';
import type { Context } from '#lib/context';
import { oneAtATime } from '#lib/store/engine';
import { actorName, recordEvent } from './record-event.ts';

type Download = {
  batchId: string;
  format: string;
  /** Only some of its rows. */
  narrowed?: boolean;
  /** The link it went through, and who that was made for. */
  share?: string;
  recipient?: string | null;
};

/** So long one who takes the same again, or goes on with it, has taken it once. */
const onceMs = 10 * 60_000;

/** Who took what out of a batch. What was asked for goes out also where this cannot be written down. */
export async function noteDownload(ctx: Context, { batchId, ...what }: Download): Promise<void> {
  try {
    await ctx.db.transaction().execute(async (trx) => {
      await oneAtATime(trx, `download ${batchId}`);
      const lately = await trx
        .selectFrom('events')
        .select(['actor', 'data'])
        .where('subject', '=', batchId)
        .where('verb', '=', 'batch.downloaded')
        .where('at', '>', ctx.clock() - onceMs)
        .execute();
      const mine = actorName(ctx.actor);
      const told = lately.some(({ actor, data }) => actor === mine && isSame(JSON.parse(data), what));
      if (!told) await recordEvent(trx, ctx, { subject: batchId, verb: 'batch.downloaded', data: what });
    });
  } catch (error) {
    ctx.log.warn('A download could not be written down.', { batch: batchId, error });
  }
}

function isSame(told: Omit<Download, 'batchId'>, { format, share }: Omit<Download, 'batchId'>): boolean {
  return told.format === format && told.share === share;
}
