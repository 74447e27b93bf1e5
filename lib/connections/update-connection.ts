import 'server-only';
import type { Kysely } from 'kysely';
import { recordEvent } from '#lib/audit/record-event';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { type Connection, type Dialect, pausedForKey } from '#lib/model/connection';
import type { ConnectionChange } from '#lib/model/connection.schema';
import { presetNamed } from '#lib/model/preset';
import { type ConnectionRow, wakeParts } from '#lib/store/connections';
import { isTaken } from '#lib/store/engine';
import type { Schema } from '#lib/store/schema';
import { checkedBaseUrl } from './base-url.ts';
import { type FileOwnership, nameTaken } from './create-connection.ts';
import { keepHeaders, keepKey, noKey, refuseCredentials } from './credentials.ts';
import { findConnection } from './find-connection.ts';
import { getConnection } from './get-connection.ts';

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
  const otherKey = change.apiKey !== undefined && row.paused_why === pausedForKey;
  const limits = change.limits && { ...(JSON.parse(row.limits) as object), ...change.limits };
  return {
    ...credentials(ctx, row, change),
    ...(otherKey ? { paused_at: null, paused_why: null } : {}),
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(limits === undefined ? {} : { limits: JSON.stringify(limits) }),
    ...(change.discount === undefined ? {} : { discount: change.discount }),
    ...(change.completionWindow === undefined ? {} : { completion_window: change.completionWindow }),
  };
}

/** Secrets are bound to where they go. When that changes, the old ones stay behind and have to be given again. */
function credentials(ctx: Context, row: ConnectionRow, change: ConnectionChange): Partial<ConnectionRow> {
  const base_url = change.baseUrl === undefined ? row.base_url : addressOf(ctx, row, change.baseUrl);
  const key_header = change.keyHeader ?? row.key_header;
  const bound = { id: row.id, base_url };
  if (base_url === '') {
    refuseCredentials(change);
    return { base_url, key_header, headers: '{}', ...noKey };
  }
  const elsewhere = originOf(base_url) !== originOf(row.base_url);
  if (
    (elsewhere || key_header !== row.key_header) &&
    row.key_sealed !== null &&
    change.apiKey === undefined
  ) {
    throw again('apiKey', 'The key belongs to the old address and header. Enter it again for the new one.');
  }
  if (elsewhere && row.headers.includes('"sealed"') && change.headers === undefined) {
    throw again('headers', 'Secret headers belong to the old address. Enter them again for the new one.');
  }
  const headers = change.headers && keepHeaders(ctx, bound, presetNamed(row.preset), change.headers);
  return {
    base_url,
    key_header,
    ...(change.apiKey === undefined ? {} : keepKey(ctx, bound, key_header, change.apiKey)),
    ...(headers === undefined ? {} : { headers: JSON.stringify(headers) }),
  };
}

function again(field: 'apiKey' | 'headers', message: string): Refusal {
  return new Refusal('invalid', message, { field });
}

function addressOf(ctx: Context, row: ConnectionRow, baseUrl: string): string {
  if (baseUrl === '' && row.preset === 'sandbox') return '';
  return checkedBaseUrl(ctx.env, row.dialect as Dialect, baseUrl);
}

function originOf(baseUrl: string): string {
  return baseUrl === '' ? '' : new URL(baseUrl).origin;
}
