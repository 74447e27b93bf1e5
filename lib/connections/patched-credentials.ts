import 'server-only';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { Dialect } from '#lib/model/connection';
import type { ConnectionChange } from '#lib/model/connection.schema';
import type { ConnectionRow } from '#lib/store/connections';
import { checkedBaseUrl } from './base-url.ts';
import { type KeptHeader, keepHeaders, keepKey, noKey, refuseSecrets } from './credentials.ts';
import { presetOf } from './preset-of.ts';

/** Secrets are bound to where they go. When that changes, the old ones stay behind and have to be given again. */
export function patchedCredentials(
  ctx: Context,
  row: ConnectionRow,
  change: ConnectionChange,
): Partial<ConnectionRow> {
  const base_url = change.baseUrl === undefined ? row.base_url : addressOf(ctx, row, change.baseUrl);
  const key_header = change.keyHeader ?? row.key_header;
  const bound = { id: row.id, base_url };
  if (base_url === '') {
    refuseSecrets(presetOf(row), change);
    return { base_url, key_header, headers: patchedHeaders(ctx, row, bound, change), ...noKey };
  }
  const elsewhere = originOf(base_url) !== originOf(row.base_url);
  if (
    (elsewhere || key_header !== row.key_header) &&
    row.key_sealed !== null &&
    change.apiKey === undefined
  ) {
    throw again('apiKey', 'The key belongs to the old address and header. Enter it again for the new one.');
  }
  return {
    base_url,
    key_header,
    ...(change.apiKey === undefined ? {} : keepKey(ctx, bound, key_header, change.apiKey)),
    headers: patchedHeaders(ctx, row, bound, change),
  };
}

function patchedHeaders(
  ctx: Context,
  row: ConnectionRow,
  bound: Pick<ConnectionRow, 'id' | 'base_url'>,
  { headers: change = {} }: ConnectionChange,
): string {
  const before = Object.entries(JSON.parse(row.headers) as Record<string, KeptHeader>);
  const stay = before.filter(([name]) => !Object.hasOwn(change, name));
  const left =
    originOf(bound.base_url) === originOf(row.base_url) ? [] : stay.filter(([, kept]) => 'sealed' in kept);
  if (left.length > 0 && bound.base_url !== '') {
    throw again('headers', 'Secret headers belong to the old address. Enter them again for the new one.');
  }
  const given = Object.entries(change).filter((entry): entry is [string, string] => entry[1] !== null);
  const kept = keepHeaders(ctx, bound, presetOf(row), Object.fromEntries(given));
  return JSON.stringify({ ...Object.fromEntries(stay.filter((entry) => !left.includes(entry))), ...kept });
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
