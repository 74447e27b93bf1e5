import 'server-only';
import type { Context } from '#lib/context';
import type { Connection } from '#lib/model/connection';
import { findConnection } from './find-connection.ts';
import { showConnection } from './show-connection.ts';

export async function getConnection(ctx: Context, nameOrId: string): Promise<Connection> {
  return showConnection(ctx, await findConnection(ctx, nameOrId));
}
