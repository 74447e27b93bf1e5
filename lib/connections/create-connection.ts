import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { Connection } from '#lib/model/connection';
import type { NewConnection } from '#lib/model/connection.schema';
import { newId } from '#lib/model/id';
import { type Preset, presetIn, presetNamed } from '#lib/model/preset';
import { once } from '#lib/replays/once';
import type { ConnectionRow } from '#lib/store/connections';
import { isTaken } from '#lib/store/engine';
import { checkedBaseUrl } from './base-url.ts';
import { keepHeaders, keepKey, noKey, refuseSecrets } from './credentials.ts';
import { showConnection } from './show-connection.ts';

/** What a provisioning file adds: which fields it owns, and a mark of what it said. */
export type FileOwnership = { fields: string[]; mark: string };

export async function createConnection(
  ctx: Context,
  wish: NewConnection,
  { file = null, key = null }: { file?: FileOwnership | null; key?: string | null } = {},
): Promise<Connection> {
  demand(ctx, 'administer');
  if (ctx.actor.kind === 'token' && ctx.actor.connectionId !== null) {
    throw new Refusal('forbidden', 'This token is bound to one connection and makes no others.');
  }
  try {
    return await once<Connection>(ctx, key, withoutSecrets(ctx, wish), async () => {
      const row = rowOf(ctx, wish, chosenPreset(wish), file);
      return async (trx) => {
        await trx.insertInto('connections').values(row).execute();
        const data = { name: row.name, preset: row.preset };
        await recordEvent(trx, ctx, { subject: row.id, verb: 'connection.created', data });
        return showConnection(ctx, row);
      };
    });
  } catch (error) {
    if (isTaken(error)) throw nameTaken(wish.name);
    throw error;
  }
}

function chosenPreset(wish: NewConnection): Preset {
  const named = presetNamed(wish.preset);
  if (!named) throw new Refusal('invalid', `There is no preset “${wish.preset}”.`, { field: 'preset' });
  const preset = presetIn(named, wish.dialect ?? named.dialect);
  if (preset) return preset;
  throw new Refusal('invalid', `${named.title} speaks the ${named.dialect} dialect only.`, {
    field: 'dialect',
  });
}

export function nameTaken(name: string): Refusal {
  return new Refusal('conflict', `There is already a connection named “${name}”.`, { field: 'name' });
}

/** A replay is told by a hash of its body; of a secret only a keyed mark goes into that. */
function withoutSecrets(ctx: Context, { apiKey, headers, ...rest }: NewConnection): object {
  const secret = JSON.stringify([apiKey, headers]);
  return apiKey === undefined && headers === undefined ? rest : { ...rest, secret: ctx.keyring.mark(secret) };
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
  if (address === '') refuseSecrets(preset, wish);
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
