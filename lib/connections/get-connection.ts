import 'server-only';
import type { Context } from '#lib/context';
import type { Connection } from '#lib/model/connection';
import { findConnection } from './find-connection.ts';
import { showConnection } from './show-connection.ts';
import { standingsOf } from './standing.ts';

export async function getConnection(ctx: Context, nameOrId: string): Promise<Connection> {
  const row = await findConnection(ctx, nameOrId);
  return showConnection(ctx, row, (await standingsOf(ctx, [row])).get(row.id));
}
