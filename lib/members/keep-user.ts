import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { hashPassword, passwordFits } from '#lib/auth/password';
import type { Context } from '#lib/context';
import { newId } from '#lib/model/id';
import type { Role } from '#lib/model/role';
import { oneAtATime } from '#lib/store/engine';

/** Makes a member be what a provisioning file says. A new password ends the old sessions; the same one changes nothing. */
export async function keepUser(
  ctx: Context,
  wish: { email: string; role: Role; password: string },
): Promise<void> {
  const row = await ctx.db
    .selectFrom('users')
    .selectAll()
    .where('workspace', '=', ctx.workspace)
    .where('email', '=', wish.email)
    .executeTakeFirst();
  if (!row) return addUser(ctx, wish);
  const samePassword = await passwordFits(wish.password, row.password_hash);
  if (samePassword && row.role === wish.role && row.set_by_file === 1) return;
  const passwordHash = samePassword ? row.password_hash : await hashPassword(wish.password);
  await ctx.db.transaction().execute(async (trx) => {
    await trx
      .updateTable('users')
      .set({ role: wish.role, password_hash: passwordHash, set_by_file: 1 })
      .where('id', '=', row.id)
      .execute();
    if (!samePassword) await trx.deleteFrom('sessions').where('user_id', '=', row.id).execute();
    await recordEvent(trx, ctx, { subject: row.id, verb: 'member.provisioned', data: { role: wish.role } });
  });
}

async function addUser(ctx: Context, wish: { email: string; role: Role; password: string }): Promise<void> {
  const id = newId('usr');
  const passwordHash = await hashPassword(wish.password);
  await ctx.db.transaction().execute(async (trx) => {
    await oneAtATime(trx, 'first member');
    await trx
      .insertInto('users')
      .values({
        id,
        workspace: ctx.workspace,
        email: wish.email,
        password_hash: passwordHash,
        role: wish.role,
        disabled_at: null,
        set_by_file: 1,
        file_mark: null,
        created_at: ctx.clock(),
      })
      .execute();
    await trx.deleteFrom('setup_links').execute();
    await recordEvent(trx, ctx, { subject: id, verb: 'member.provisioned', data: { role: wish.role } });
  });
}
