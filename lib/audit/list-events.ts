import 'server-only';
import type { Context } from '#lib/context';
import { actorNames } from './actor-names.ts';

export type TimelineEvent = { seq: number; at: string; actor: string; verb: string; data: unknown };

/** The story of one subject, oldest first; of a very long one its latest thousand. The caller has checked that it may be read. */
export async function listEvents(ctx: Context, subject: string): Promise<TimelineEvent[]> {
  const rows = await ctx.db
    .selectFrom('events')
    .selectAll()
    .where('workspace', '=', ctx.workspace)
    .where('subject', '=', subject)
    .orderBy('seq', 'desc')
    .limit(1_000)
    .execute();
  rows.reverse();
  const people = await actorNames(
    ctx,
    rows.map((row) => row.actor),
  );
  return rows.map((row) => ({
    seq: row.seq,
    at: new Date(row.at).toISOString(),
    actor: people.get(row.actor) ?? row.actor.replace(/^system:/, ''),
    verb: row.verb,
    data: JSON.parse(row.data) as unknown,
  }));
}
