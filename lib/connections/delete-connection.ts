import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { overPhases } from '#lib/model/phase';
import { held } from '#lib/store/engine';
import { findConnection } from './find-connection.ts';

/** The row stays for the batches that name it; its key does not. */
export async function deleteConnection(ctx: Context, id: string): Promise<void> {
  demand(ctx, 'administer');
  const row = await findConnection(ctx, id);
  if (row.set_by_file !== '[]') {
    throw new Refusal('conflict', `${row.name} is set by the provisioning file. Remove it there first.`);
  }
  await ctx.db.transaction().execute(async (trx) => {
    await held(trx, trx.selectFrom('connections').select('id').where('id', '=', row.id)).execute();
    const { n } = await trx
      .selectFrom('batches')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('connection_id', '=', row.id)
      .where('deleted_at', 'is', null)
      .where('phase', 'not in', overPhases)
      .executeTakeFirstOrThrow();
    if (Number(n) > 0) {
      const batches = Number(n) === 1 ? '1 unfinished batch needs' : `${n} unfinished batches need`;
      throw new Refusal('conflict', `${batches} this connection. Wait for the end or cancel first.`);
    }
    await trx
      .updateTable('connections')
      .set({
        deleted_at: ctx.clock(),
        key_sealed: null,
        key_last4: null,
        key_fingerprint: null,
        headers: '{}',
      })
      .where('id', '=', row.id)
      .execute();
    await recordEvent(trx, ctx, { subject: row.id, verb: 'connection.deleted', data: { name: row.name } });
  });
}
