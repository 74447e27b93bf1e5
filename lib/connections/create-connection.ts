import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { Connection } from '#lib/model/connection';
import type { NewConnection } from '#lib/model/connection.schema';
import { newId } from '#lib/model/id';
import { type Preset, presetNamed } from '#lib/model/preset';
import type { ConnectionRow } from '#lib/store/connections';
import { isTaken } from '#lib/store/engine';
import { checkedBaseUrl } from './base-url.ts';
import { keepHeaders, keepKey, noKey, refuseCredentials } from './credentials.ts';
import { getConnection } from './get-connection.ts';

/** What a provisioning file adds: which fields it owns, and a mark of what it said. */
export type FileOwnership = { fields: string[]; mark: string };

export async function createConnection(
  ctx: Context,
  wish: NewConnection,
  file: FileOwnership | null = null,
): Promise<Connection> {
  demand(ctx, 'administer');
  if (ctx.actor.kind === 'token' && ctx.actor.connectionId !== null) {
    throw new Refusal('forbidden', 'This token is bound to one connection and makes no others.');
  }
  const preset = presetNamed(wish.preset);
  if (!preset) throw new Refusal('invalid', `There is no preset “${wish.preset}”.`, { field: 'preset' });
  const row = rowOf(ctx, wish, preset, file);
  try {
    await ctx.db.transaction().execute(async (trx) => {
      await trx.insertInto('connections').values(row).execute();
      await recordEvent(trx, ctx, {
        subject: row.id,
        verb: 'connection.created',
        data: { name: row.name, preset: row.preset },
      });
    });
  } catch (error) {
    if (isTaken(error)) throw nameTaken(wish.name);
    throw error;
  }
  return getConnection(ctx, row.id);
}

export function nameTaken(name: string): Refusal {
  return new Refusal('conflict', `There is already a connection named “${name}”.`, { field: 'name' });
}

function rowOf(ctx: Context, wish: NewConnection, preset: Preset, file: FileOwnership | null): ConnectionRow {
  const id = newId('con');
  const now = ctx.clock();
  const address = wish.baseUrl ?? preset.baseUrl ?? '';
  if (address === '' && preset.name !== 'sandbox') {
    throw new Refusal('invalid', `${preset.title} needs a base URL.`, { field: 'baseUrl' });
  }
  if (preset.needsKey && wish.apiKey === undefined) {
    throw new Refusal('invalid', `${preset.title} needs a key.`, { field: 'apiKey' });
  }
  if (address === '') refuseCredentials(wish);
  const base_url = address === '' ? '' : checkedBaseUrl(ctx.env, preset.dialect, address);
  const bound = { id, base_url };
  const header = wish.keyHeader ?? preset.keyHeader;
  return {
    ...bound,
    workspace: ctx.workspace,
    name: wish.name,
    preset: preset.name,
    dialect: preset.dialect,
    key_header: header,
    ...(wish.apiKey === undefined ? noKey : keepKey(ctx, bound, header, wish.apiKey)),
    headers: JSON.stringify(keepHeaders(ctx, bound, preset, wish.headers ?? {})),
    limits: JSON.stringify({ ...preset.limits, ...wish.limits }),
    discount: wish.discount === undefined ? preset.discount : wish.discount,
    completion_window: wish.completionWindow === undefined ? preset.completionWindow : wish.completionWindow,
    set_by_file: JSON.stringify(file?.fields ?? []),
    file_mark: file?.mark ?? null,
    created_at: now,
    updated_at: now,
    deleted_at: null,
    paused_at: null,
    paused_why: null,
    checked: null,
  };
}
