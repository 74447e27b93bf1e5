import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { hashPassword } from '#lib/auth/password';
import { hashToken } from '#lib/auth/secret-token';
import { openSession } from '#lib/auth/session';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';
import { newId } from '#lib/model/id';
import { oneAtATime } from '#lib/store/engine';
import { setupLinkIsOpen } from './find-setup-link.ts';

/** Whoever takes the link's row away makes the account; everybody else finds nothing. Answers a session's token. */
export async function createFirstAdmin(
  ctx: Context,
  input: { token: string; email: string; password: string },
): Promise<string> {
  if (!(await setupLinkIsOpen(ctx, input.token))) throw notFound('This set-up link');
  const passwordHash = await hashPassword(input.password);
  return ctx.db.transaction().execute(async (tx) => {
    await oneAtATime(tx, 'first member');
    const taken = await tx
      .deleteFrom('setup_links')
      .where('token_hash', '=', hashToken(input.token))
      .where((is) => is.not(is.exists(is.selectFrom('users').select('users.id'))))
      .executeTakeFirst();
    if (taken.numDeletedRows !== 1n) throw notFound('This set-up link');
    const id = newId('usr', ctx.clock());
    await tx
      .insertInto('users')
      .values({
        id,
        workspace: ctx.workspace,
        email: input.email,
        password_hash: passwordHash,
        role: 'admin',
        disabled_at: null,
        set_by_file: 0,
        file_mark: null,
        created_at: ctx.clock(),
      })
      .execute();
    const setup = { ...ctx, actor: { kind: 'system', name: 'setup' } } as const;
    await recordEvent(tx, setup, { subject: id, verb: 'member.created', data: { role: 'admin' } });
    return openSession(tx, ctx, id);
  });
}
