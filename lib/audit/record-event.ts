import 'server-only';
import type { Actor, Context } from '#lib/context';
import type { Db } from '#lib/store/engine';

export type NewEvent = { subject: string; verb: string; data?: object };

/** Written in the change's own transaction: timeline and audit are two readings of it. */
export async function recordEvent(db: Db, ctx: Context, event: NewEvent): Promise<void> {
  await db
    .insertInto('events')
    .values({
      at: ctx.clock(),
      workspace: ctx.workspace,
      actor: actorName(ctx.actor),
      subject: event.subject,
      verb: event.verb,
      data: JSON.stringify(event.data ?? {}),
    })
    .execute();
}

export function actorName(actor: Actor): string {
  if (actor.kind === 'user') return `user:${actor.userId}`;
  if (actor.kind === 'token') return `token:${actor.tokenId}`;
  return actor.kind === 'system' ? `system:${actor.name}` : 'anyone';
}
