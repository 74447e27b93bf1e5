import 'server-only';
import type { Context } from '#lib/context';

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

/** Members by their address, tokens by the name they were given. */
async function names(ctx: Context, actors: string[]): Promise<Map<string, string>> {
  const idsOf = (kind: string) => [
    ...new Set(actors.filter((actor) => actor.startsWith(kind)).map((actor) => actor.slice(kind.length))),
  ];
  const [users, tokens] = [idsOf('user:'), idsOf('token:')];
  const members = users.length
    ? await ctx.db.selectFrom('users').select(['id', 'email as name']).where('id', 'in', users).execute()
    : [];
  const scripts = tokens.length
    ? await ctx.db.selectFrom('tokens').select(['id', 'name']).where('id', 'in', tokens).execute()
    : [];
  return new Map([
    ...members.map(({ id, name }): [string, string] => [`user:${id}`, name]),
    ...scripts.map(({ id, name }): [string, string] => [`token:${id}`, `token ${name}`]),
  ]);
}
