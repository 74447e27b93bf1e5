import 'server-only';
import { sql } from 'kysely';
import { boundConnection, demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { nanoToDecimal } from '#lib/model/money';
import type { Spending } from '#lib/model/spending';

/**
 * What this month and the one before have cost, by connection, the dearest first. A deleted batch was paid for too;
 * a demo was not.
 */
export async function listSpending(ctx: Context): Promise<Spending[]> {
  demand(ctx, 'read');
  const now = new Date(ctx.clock());
  const starts = [1, 0, -1].map((back) => Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + back));
  const [end = 0, current = 0, before = 0] = starts;
  return [...(await spentBetween(ctx, current, end)), ...(await spentBetween(ctx, before, current))];
}

async function spentBetween(ctx: Context, from: number, to: number): Promise<Spending[]> {
  const only = boundConnection(ctx);
  const rows = await ctx.db
    .selectFrom('batches')
    .innerJoin('connections', 'connections.id', 'batches.connection_id')
    .select((eb) => [
      'connections.id as id',
      'connections.name as name',
      eb.fn.countAll<number>().as('batches'),
      eb.fn.sum<number>('cost_nano').as('cost'),
      eb.fn.sum<number>('saved_nano').as('saved'),
      eb.fn.sum<number>('unpriced').as('unpriced'),
      sql<number>`sum(case when cost_source = 'estimate' then 1 else 0 end)`.as('estimates'),
    ])
    .where('batches.workspace', '=', ctx.workspace)
    .where('submitted_at', '>=', from)
    .where('submitted_at', '<', to)
    .where((eb) => eb.or([eb('cost_source', 'in', ['estimate', 'provider']), eb('unpriced', '>', 0)]))
    .$if(only !== null, (query) => query.where('connections.id', '=', only ?? ''))
    .groupBy(['connections.id', 'connections.name'])
    .execute();
  return rows
    .sort((a, b) => Number(b.cost) - Number(a.cost))
    .map(({ id, name, batches, cost, saved, unpriced, estimates }) => ({
      month: new Date(from).toISOString().slice(0, 7),
      connection: { id, name },
      batches: Number(batches),
      amount: nanoToDecimal(Number(cost)),
      currency: 'USD',
      saved: saved === null ? null : nanoToDecimal(Number(saved)),
      estimated: Number(estimates) > 0,
      unpriced: Number(unpriced),
    }));
}
