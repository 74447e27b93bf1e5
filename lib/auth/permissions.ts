import 'server-only';
import type { Context } from '#lib/context';
import { notFound, Refusal } from '#lib/errors';
import { type Action, may } from '#lib/model/role';

/** Asked by every verb first: doors know who came in, verbs know what it takes. */
export function demand(ctx: Context, action: Action): void {
  const { actor } = ctx;
  if (actor.kind === 'system') return;
  if (actor.kind === 'anyone') throw new Refusal('unauthenticated', 'Sign in to do this.');
  if (!may(actor.role, action)) {
    throw new Refusal('forbidden', `The role ${actor.role} may not do this. Ask an admin.`);
  }
}

/** A token narrowed to a connection does not reach the batches of another: for it they do not exist. */
export function reachable<T extends { connection_id: string }>(ctx: Context, batch: T): T {
  const only = boundConnection(ctx);
  if (only !== null && only !== batch.connection_id) throw notFound('This batch');
  return batch;
}

export function boundConnection(ctx: Context): string | null {
  return ctx.actor.kind === 'token' ? ctx.actor.connectionId : null;
}
