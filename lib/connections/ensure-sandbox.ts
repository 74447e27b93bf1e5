import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import type { Context } from '#lib/context';
import { newId } from '#lib/model/id';
import { presetNamed } from '#lib/model/preset';
import { oneAtATime } from '#lib/store/engine';

/** A fresh install has a connection that works with no key. One that was deleted stays deleted. */
export async function ensureSandboxConnection(ctx: Context): Promise<void> {
  const id = newId('con');
  await ctx.db.transaction().execute(async (trx) => {
    await oneAtATime(trx, 'sandbox');
    const any = await trx
      .selectFrom('connections')
      .select('id')
      .where((is) => is.or([is('preset', '=', 'sandbox'), is('name', '=', 'Sandbox')]))
      .executeTakeFirst();
    if (any) return;
    await trx
      .insertInto('connections')
      .values({
        id,
        workspace: ctx.workspace,
        name: 'Sandbox',
        preset: 'sandbox',
        dialect: 'inline',
        base_url: '',
        key_header: 'authorization',
        key_sealed: null,
        key_last4: null,
        key_fingerprint: null,
        headers: '{}',
        limits: JSON.stringify(presetNamed('sandbox')?.limits ?? {}),
        discount: null,
        completion_window: '24h',
        set_by_file: '[]',
        file_mark: null,
        created_at: ctx.clock(),
        updated_at: ctx.clock(),
        deleted_at: null,
      })
      .execute();
    await recordEvent(trx, ctx, { subject: id, verb: 'connection.created', data: { name: 'Sandbox' } });
  });
}
