import 'server-only';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
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
