import 'server-only';
import type { Kysely } from 'kysely';
import { recordEvent } from '#lib/audit/record-event';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { type Connection, pausedForKey } from '#lib/model/connection';
import type { ConnectionChange } from '#lib/model/connection.schema';
import { type ConnectionRow, wakeParts } from '#lib/store/connections';
import { isTaken } from '#lib/store/engine';
import type { Schema } from '#lib/store/schema';
import { type FileOwnership, nameTaken } from './create-connection.ts';
import { findConnection } from './find-connection.ts';
import { getConnection } from './get-connection.ts';
import { patchedCredentials } from './patched-credentials.ts';

export async function updateConnection(
  ctx: Context,
  id: string,
  change: ConnectionChange,
  file: FileOwnership | null = null,
): Promise<Connection> {
  demand(ctx, 'administer');
  const row = await findConnection(ctx, id);
  if (!file) leaveToFile(row, change);
  const next = {
    ...changed(ctx, row, change),
    updated_at: Math.max(ctx.clock(), row.updated_at + 1),
    ...(file ? { set_by_file: JSON.stringify(file.fields), file_mark: file.mark } : {}),
  };
  try {
    await ctx.db.transaction().execute(async (trx) => {
      await write(trx, row, next);
      await wakeParts(trx, row.id);
      const data = { name: next.name ?? row.name, fields: Object.keys(change), baseUrl: next.base_url };
      await recordEvent(trx, ctx, { subject: row.id, verb: 'connection.changed', data });
    });
  } catch (error) {
    if (isTaken(error)) throw nameTaken(change.name ?? row.name);
    throw error;
  }
  ctx.wake();
  return getConnection(ctx, row.id);
}

/** A key was judged against the address this row had: if that has changed since, nothing is written. */
async function write(db: Kysely<Schema>, row: ConnectionRow, next: Partial<ConnectionRow>): Promise<void> {
  const done = await db
    .updateTable('connections')
    .set(next)
    .where('id', '=', row.id)
    .where('updated_at', '=', row.updated_at)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (done.numUpdatedRows !== 1n) {
    throw new Refusal(
      'conflict',
      `${row.name} was changed by somebody else just now. Look again, then change it.`,
    );
  }
}

function leaveToFile(row: ConnectionRow, change: ConnectionChange): void {
  const owned = JSON.parse(row.set_by_file) as string[];
  const [field] = Object.keys(change).filter((name) => owned.includes(name));
  if (field) {
    throw new Refusal(
      'conflict',
      `“${field}” of ${row.name} is set by the provisioning file. Change it there.`,
      { field },
    );
  }
}

function changed(ctx: Context, row: ConnectionRow, change: ConnectionChange): Partial<ConnectionRow> {
  const limits = change.limits && { ...(JSON.parse(row.limits) as object), ...change.limits };
  const otherCalls = (['baseUrl', 'keyHeader', 'apiKey', 'headers'] as const).some(
    (field) => field in change,
  );
  const otherKey = change.apiKey !== undefined && row.paused_why === pausedForKey;
  return {
    ...patchedCredentials(ctx, row, change),
    ...(otherCalls ? { checked: null } : {}),
    ...(otherKey ? { paused_at: null, paused_why: null } : {}),
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(limits === undefined ? {} : { limits: JSON.stringify(limits) }),
    ...(change.discount === undefined ? {} : { discount: change.discount }),
    ...(change.completionWindow === undefined ? {} : { completion_window: change.completionWindow }),
  };
}
