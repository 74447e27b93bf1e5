import 'server-only';
import { boundConnection, demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';
import type { ConnectionRow } from '#lib/store/connections';

/** By id or by name. What a token does not reach is simply not found. */
export async function findConnection(ctx: Context, nameOrId: string): Promise<ConnectionRow> {
  demand(ctx, 'read');
  const row = await ctx.db
    .selectFrom('connections')
    .selectAll()
    .where('workspace', '=', ctx.workspace)
    .where('deleted_at', 'is', null)
    .where((eb) => eb.or([eb('id', '=', nameOrId), eb('name', '=', nameOrId)]))
    .executeTakeFirst();
  const only = boundConnection(ctx);
  if (!row || (only !== null && only !== row.id)) throw notFound(`A connection “${nameOrId.slice(0, 100)}”`);
  return row;
}
