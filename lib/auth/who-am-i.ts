import 'server-only';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { SessionView } from '#lib/model/member';
import { cookieWarning } from './cookie.ts';

/** For the shell and `GET /api/session`. */
export function whoAmI(ctx: Context): SessionView {
  const { actor } = ctx;
  if (actor.kind !== 'user' && actor.kind !== 'token') {
    throw new Refusal('unauthenticated', 'Nobody is signed in.');
  }
  const by = actor.kind === 'user' ? 'session' : 'token';
  return {
    me: { id: actor.userId, name: actor.name, role: actor.role, by },
    warning: cookieWarning(ctx.env),
  };
}
