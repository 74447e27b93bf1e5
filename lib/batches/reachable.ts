import 'server-only';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';
import type { BatchRow } from '#lib/store/batches';

/** A token narrowed to a connection does not reach the batches of another: for it they do not exist. */
export function reachable(ctx: Context, batch: BatchRow): BatchRow {
  if (boundConnection(ctx) !== null && boundConnection(ctx) !== batch.connection_id)
    throw notFound('This batch');
  return batch;
}

export function boundConnection(ctx: Context): string | null {
  return ctx.actor.kind === 'token' ? ctx.actor.connectionId : null;
}
