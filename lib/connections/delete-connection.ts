import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { unfinished } from '#lib/store/connections';
import { type Db, held } from '#lib/store/engine';
import { giveUpParts } from '#lib/store/give-up';
import { noKey } from './credentials.ts';
import { findConnection } from './find-connection.ts';

/** The row stays for the batches that name it; its key does not. By force its unfinished batches end as failed. */
export async function deleteConnection(ctx: Context, id: string, { force = false } = {}): Promise<void> {
  demand(ctx, 'administer');
  const row = await findConnection(ctx, id);
  if (row.set_by_file !== '[]') {
    throw new Refusal('conflict', `${row.name} is set by the provisioning file. Remove it there first.`);
  }
  await ctx.db.transaction().execute(async (trx) => {
    await held(trx, trx.selectFrom('connections').select('id').where('id', '=', row.id)).execute();
    const needing = await unfinished(trx, row.id).select('id').execute();
    if (needing.length > 0 && !force) throw needed(needing.length);
    await giveUp(
      ctx,
      trx,
      row.name,
      needing.map(({ id }) => id),
    );
    await trx
      .updateTable('connections')
      .set({ deleted_at: ctx.clock(), ...noKey, headers: '{}' })
      .where('id', '=', row.id)
      .execute();
    const data = { name: row.name, gaveUp: needing.length };
    await recordEvent(trx, ctx, { subject: row.id, verb: 'connection.deleted', data });
  });
  ctx.wake();
}

function needed(batches: number): Refusal {
  const who = batches === 1 ? '1 unfinished batch needs' : `${batches} unfinished batches need`;
  return new Refusal('conflict', `${who} this connection. Wait for the end or cancel first.`, { batches });
}

async function giveUp(ctx: Context, trx: Db, name: string, batchIds: string[]): Promise<void> {
  const message = `The connection ${name} was deleted before this ended. Nothing more is asked or fetched.`;
  await giveUpParts(trx, batchIds, { code: 'connection_deleted', message }, ctx.clock());
  for (const subject of batchIds) {
    await recordEvent(trx, ctx, { subject, verb: 'batch.connection_deleted', data: { message } });
  }
}
