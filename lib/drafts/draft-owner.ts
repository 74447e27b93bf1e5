import 'server-only';
import { boundConnection, demand } from '#lib/auth/permissions';
import { findConnection } from '#lib/connections/find-connection';
import type { Context } from '#lib/context';
import { notFound, Refusal } from '#lib/errors';

/** Who writes a draft: a member, or a token in a member's name. */
export function demandWriter(ctx: Context): string {
  demand(ctx, 'operate');
  if (!('userId' in ctx.actor)) throw new Refusal('forbidden', 'Only a member can keep a draft.');
  return ctx.actor.userId;
}

/** The connection a draft names, by its id. A narrowed token keeps drafts for its own connection alone. */
export async function draftConnection(ctx: Context, nameOrId: string | null): Promise<string | null> {
  if (nameOrId !== null) return (await findConnection(ctx, nameOrId)).id;
  if (boundConnection(ctx) !== null) throw notFound('A draft without a connection');
  return null;
}
