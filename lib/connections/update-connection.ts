import 'server-only';
import type { Kysely } from 'kysely';
import { recordEvent } from '#lib/audit/record-event';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { Connection } from '#lib/model/connection';
import type { ConnectionChange } from '#lib/model/connection.schema';
import { presetNamed } from '#lib/model/preset';
import type { ConnectionRow } from '#lib/store/connections';
import { isTaken } from '#lib/store/engine';
import type { Schema } from '#lib/store/schema';
import { checkedBaseUrl } from './base-url.ts';
import { type FileOwnership, nameTaken } from './create-connection.ts';
import { keepHeaders, keepKey } from './credentials.ts';
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
  const next = changed(ctx, row, change);
  try {
    await ctx.db.transaction().execute(async (trx) => {
      await trx
        .updateTable('connections')
        .set({
          ...next,
          updated_at: ctx.clock(),
          ...(file ? { set_by_file: JSON.stringify(file.fields), file_mark: file.mark } : {}),
        })
        .where('id', '=', row.id)
        .execute();
      await wakeParts(trx, row.id);
      const fields = Object.keys(change);
      await recordEvent(trx, ctx, {
        subject: row.id,
        verb: 'connection.changed',
        data: { name: row.name, fields },
      });
    });
  } catch (error) {
    if (isTaken(error)) throw nameTaken(change.name ?? row.name);
    throw error;
  }
  ctx.wake();
  return getConnection(ctx, row.id);
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

/** A key is bound to where it goes. When that changes, the old one stays behind and has to be given again. */
function changed(ctx: Context, row: ConnectionRow, change: ConnectionChange): Partial<ConnectionRow> {
  const base_url = change.baseUrl === undefined ? row.base_url : addressOf(ctx, row, change.baseUrl);
  const header = change.keyHeader ?? row.key_header;
  const bound = { id: row.id, base_url };
  const moved = originOf(base_url) !== originOf(row.base_url) || header !== row.key_header;
  const secretHeaders = row.headers.includes('"sealed"');
  if (moved && row.key_sealed !== null && change.apiKey === undefined) {
    throw new Refusal(
      'invalid',
      'The key belongs to the old address and header. Enter it again for the new one.',
      {
        field: 'apiKey',
      },
    );
  }
  if (moved && secretHeaders && change.headers === undefined) {
    throw new Refusal(
      'invalid',
      'Secret headers belong to the old address. Enter them again for the new one.',
      {
        field: 'headers',
      },
    );
  }
  return {
    base_url,
    key_header: header,
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.apiKey === undefined ? {} : keepKey(ctx, bound, header, change.apiKey)),
    ...(change.headers === undefined
      ? {}
      : { headers: JSON.stringify(keepHeaders(ctx, bound, presetNamed(row.preset), change.headers)) }),
    ...(change.limits === undefined
      ? {}
      : { limits: JSON.stringify({ ...(JSON.parse(row.limits) as object), ...change.limits }) }),
    ...(change.discount === undefined ? {} : { discount: change.discount }),
    ...(change.completionWindow === undefined ? {} : { completion_window: change.completionWindow }),
  };
}

function addressOf(ctx: Context, row: ConnectionRow, baseUrl: string): string {
  if (baseUrl === '' && row.preset === 'sandbox') return '';
  return checkedBaseUrl(ctx.env, baseUrl);
}

function originOf(baseUrl: string): string {
  return baseUrl === '' ? '' : new URL(baseUrl).origin;
}

/** Parts that waited for a better key are looked at again at once. */
async function wakeParts(db: Kysely<Schema>, connectionId: string): Promise<void> {
  await db
    .updateTable('parts')
    .set({ due_at: 0 })
    .where('attention', '=', 'credential_rejected')
    .where('batch_id', 'in', (eb) =>
      eb.selectFrom('batches').select('batches.id').where('connection_id', '=', connectionId),
    )
    .execute();
}
