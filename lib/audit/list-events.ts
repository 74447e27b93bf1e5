import 'server-only';
import type { Context } from '#lib/context';

export type TimelineEvent = { seq: number; at: string; actor: string; verb: string; data: unknown };

/** The story of one subject, oldest first. The caller has checked that it may be read. */
export async function listEvents(ctx: Context, subject: string): Promise<TimelineEvent[]> {
  const rows = await ctx.db
    .selectFrom('events')
    .selectAll()
    .where('workspace', '=', ctx.workspace)
    .where('subject', '=', subject)
    .orderBy('seq')
    .limit(1_000)
    .execute();
  const people = await names(
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

async function names(ctx: Context, actors: string[]): Promise<Map<string, string>> {
  const ids = [
    ...new Set(actors.filter((actor) => actor.startsWith('user:')).map((actor) => actor.slice(5))),
  ];
  if (ids.length === 0) return new Map();
  const users = await ctx.db.selectFrom('users').select(['id', 'email']).where('id', 'in', ids).execute();
  return new Map(users.map(({ id, email }) => [`user:${id}`, email]));
}
