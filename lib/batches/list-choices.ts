import 'server-only';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { batchWhere } from './batch-where.ts';

export type Choice = { value: string; label: string; count: number };
export type ListChoices = { tags: Choice[]; connections: Choice[]; owners: Choice[] };

/** What the list can be narrowed by: only what some batch has, the most frequent first. */
export async function listChoices(ctx: Context): Promise<ListChoices> {
  demand(ctx, 'read');
  return { tags: await tags(ctx), connections: await connections(ctx), owners: await owners(ctx) };
}

async function tags(ctx: Context): Promise<Choice[]> {
  const rows = await ctx.db
    .selectFrom('batches')
    .select((eb) => ['tags', eb.fn.countAll<number>().as('n')])
    .where((eb) => batchWhere(eb, ctx, {}))
    .groupBy('tags')
    .execute();
  const counts = new Map<string, number>();
  for (const row of rows)
    for (const tag of JSON.parse(row.tags) as string[])
      counts.set(tag, (counts.get(tag) ?? 0) + Number(row.n));
  return mostFirst([...counts].map(([value, count]) => ({ value, label: value, count })));
}

async function connections(ctx: Context): Promise<Choice[]> {
  const rows = await ctx.db
    .selectFrom('batches')
    .innerJoin('connections', 'connections.id', 'batches.connection_id')
    .select((eb) => ['connections.id', 'connections.name', eb.fn.countAll<number>().as('n')])
    .where('batches.id', 'in', (eb) =>
      eb
        .selectFrom('batches')
        .select('id')
        .where((of) => batchWhere(of, ctx, {})),
    )
    .groupBy(['connections.id', 'connections.name'])
    .execute();
  return mostFirst(rows.map(({ id, name, n }) => ({ value: id, label: name, count: Number(n) })));
}

async function owners(ctx: Context): Promise<Choice[]> {
  const rows = await ctx.db
    .selectFrom('batches')
    .innerJoin('users', 'users.id', 'batches.owner_id')
    .select((eb) => ['users.id', 'users.email', eb.fn.countAll<number>().as('n')])
    .where('batches.id', 'in', (eb) =>
      eb
        .selectFrom('batches')
        .select('id')
        .where((of) => batchWhere(of, ctx, {})),
    )
    .groupBy(['users.id', 'users.email'])
    .execute();
  return mostFirst(rows.map(({ id, email, n }) => ({ value: id, label: email, count: Number(n) })));
}

function mostFirst(choices: Choice[]): Choice[] {
  return choices.sort((a, b) => b.count - a.count || a.label.localeCompare(b.label)).slice(0, 200);
}
