import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { addressGroup } from '#lib/auth/address';
import { passwordFits } from '#lib/auth/password';
import { openSession } from '#lib/auth/session';
import { giveTurnBack, takeTurn, turnOf } from '#lib/auth/throttle';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';

/** Answers the token of a new session. Wrong address and wrong password take as long and say the same. */
export async function signIn(
  ctx: Context,
  input: { email: string; password: string; peer: string | null },
): Promise<string> {
  const email = input.email.trim().toLowerCase();
  const turn = turnOf(email, addressGroup(input.peer));
  await takeTurn(ctx.db, turn, ctx.clock());
  const user = await ctx.db
    .selectFrom('users')
    .where('workspace', '=', ctx.workspace)
    .where('email', '=', email)
    .where('disabled_at', 'is', null)
    .select(['id', 'email', 'role', 'password_hash'])
    .executeTakeFirst();
  if (!(await passwordFits(input.password, user?.password_hash)) || !user) {
    ctx.log.warn('A sign-in failed', { address: addressGroup(input.peer) });
    throw new Refusal('unauthenticated', 'E-mail or password is wrong.');
  }
  await giveTurnBack(ctx.db, turn);
  return ctx.db.transaction().execute(async (tx) => {
    const actor = {
      kind: 'user',
      userId: user.id,
      name: user.email,
      role: user.role,
      sessionHash: '',
    } as const;
    await recordEvent(tx, { ...ctx, actor }, { subject: user.id, verb: 'session.opened' });
    return openSession(tx, ctx, user.id);
  });
}
