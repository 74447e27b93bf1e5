import 'server-only';
import type { Context } from '#lib/context';

/** Members by their address, tokens by the name they were given. */
export async function actorNames(ctx: Context, actors: string[]): Promise<Map<string, string>> {
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
