import 'server-only';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';

/** Who writes a draft: a member, or a token in a member's name. */
export function demandWriter(ctx: Context): string {
  demand(ctx, 'operate');
  if (!('userId' in ctx.actor)) throw new Refusal('forbidden', 'Only a member can keep a draft.');
  return ctx.actor.userId;
}
