import 'server-only';
import { boundConnection, demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import type { Connection } from '#lib/model/connection';
import { showConnection } from './show-connection.ts';
import { standingsOf } from './standing.ts';

export async function listConnections(ctx: Context): Promise<Connection[]> {
  demand(ctx, 'read');
  const rows = await ctx.db
    .selectFrom('connections')
    .selectAll()
    .where('workspace', '=', ctx.workspace)
    .where('deleted_at', 'is', null)
    .orderBy('name')
    .execute();
  const only = boundConnection(ctx);
  const reached = rows.filter((row) => only === null || row.id === only);
  const standings = await standingsOf(ctx, reached);
  return reached.map((row) => showConnection(ctx, row, standings.get(row.id)));
}
