import 'server-only';
import { createHash } from 'node:crypto';
import type { Context } from '#lib/context';
import type { Preset } from '#lib/model/preset';
import type { ConnectionRow } from '#lib/store/connections';

type Keep = Pick<Context, 'keyring' | 'workspace'>;
type Bound = Pick<ConnectionRow, 'id' | 'base_url'>;
export type KeptHeader = { plain: string } | { sealed: string; last4: string };

/** A key as it is kept: sealed to this record, this origin and this header, beside what may be shown of it. */
export function keepKey(ctx: Keep, connection: Bound, header: string, key: string) {
  return {
    key_sealed: ctx.keyring.seal(key, bindingOf(ctx, connection, header)),
    key_last4: lastFour(key),
    key_fingerprint: createHash('sha256').update(`batchdeck:${key}`).digest('hex').slice(0, 12),
  };
}

export function keepHeaders(
  ctx: Keep,
  connection: Bound,
  preset: Preset | null,
  headers: Record<string, string>,
): Record<string, KeptHeader> {
  const kept = Object.entries(headers).map(([name, value]): [string, KeptHeader] => {
    if (preset?.publicHeaders.includes(name)) return [name, { plain: value }];
    return [
      name,
      { sealed: ctx.keyring.seal(value, bindingOf(ctx, connection, name)), last4: lastFour(value) },
    ];
  });
  return Object.fromEntries(kept);
}

/** Opened only inside an outbound call. */
export function openCredentials(ctx: Keep, connection: ConnectionRow): Record<string, string> {
  const open = (sealed: string, header: string) =>
    ctx.keyring.open(sealed, bindingOf(ctx, connection, header));
  const kept = JSON.parse(connection.headers) as Record<string, KeptHeader>;
  const headers = Object.entries(kept).map(([name, header]): [string, string] => [
    name,
    'plain' in header ? header.plain : open(header.sealed, name),
  ]);
  if (connection.key_sealed !== null) {
    const name = connection.key_header;
    const key = open(connection.key_sealed, name);
    headers.push([name, name === 'authorization' ? `Bearer ${key}` : key]);
  }
  return Object.fromEntries(headers);
}

function bindingOf(ctx: Keep, connection: Bound, header: string) {
  return {
    workspace: ctx.workspace,
    record: connection.id,
    origin: new URL(connection.base_url).origin,
    header,
  };
}

/** A short secret would be half told by its last four characters. */
function lastFour(secret: string): string {
  return secret.length < 12 ? '' : secret.slice(-4);
}
