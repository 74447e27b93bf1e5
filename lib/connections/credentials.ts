import 'server-only';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { Preset } from '#lib/model/preset';
import { faultsHeader, faultsOf } from '#lib/model/sandbox-faults';
import type { ConnectionRow } from '#lib/store/connections';
import { looksSecret } from './looks-secret.ts';

type Keep = Pick<Context, 'keyring' | 'workspace'>;
type Bound = Pick<ConnectionRow, 'id' | 'base_url'>;
export type KeptHeader = { plain: string } | { sealed: string; last4: string };

/** A key as it is kept: sealed to this record, this origin and this header, beside what may be shown of it. */
export function keepKey(ctx: Keep, connection: Bound, header: string, key: string) {
  return {
    key_sealed: ctx.keyring.seal(key, bindingOf(ctx, connection, header)),
    key_last4: lastFour(key),
    key_fingerprint: fingerprintOf(ctx, key),
  };
}

export function keepHeaders(
  ctx: Keep,
  connection: Bound,
  preset: Preset | null,
  headers: Record<string, string>,
): Record<string, KeptHeader> {
  const kept = Object.entries(headers).map(([name, value]): [string, KeptHeader] => {
    if (isPublic(preset, name)) return [name, { plain: judged(name, value) }];
    return [
      name,
      { sealed: ctx.keyring.seal(value, bindingOf(ctx, connection, name)), last4: lastFour(value) },
    ];
  });
  return Object.fromEntries(kept);
}

export const noKey = { key_sealed: null, key_last4: null, key_fingerprint: null };

/** In this process there is no address that a secret could be bound to, and nobody who would ask for one. */
export function refuseSecrets(
  preset: Preset | null,
  wish: { apiKey?: string; headers?: Record<string, string | null> },
): void {
  const secret = Object.keys(wish.headers ?? {}).filter((name) => !isPublic(preset, name));
  if (wish.apiKey === undefined && secret.length === 0) return;
  const field = wish.apiKey !== undefined ? 'apiKey' : 'headers';
  throw new Refusal('invalid', 'The built-in sandbox takes no key and no secret headers. Leave them out.', {
    field,
  });
}

function isPublic(preset: Preset | null, name: string): boolean {
  return preset?.publicHeaders.includes(name) ?? false;
}

function judged(name: string, value: string): string {
  const faults = name === faultsHeader ? faultsOf(value) : [];
  if ('problem' in faults) throw new Refusal('invalid', faults.problem, { field: 'headers' });
  return value;
}

/** Headers of one call, and which texts in them no answer may tell on. */
export type Credentials = { headers: Record<string, string>; secrets: string[] };

/** Opened only inside an outbound call. */
export function openCredentials(ctx: Keep, connection: ConnectionRow): Credentials {
  const headers: Record<string, string> = {};
  const secrets: string[] = [];
  const add = (name: string, sealed: string, scheme: string) => {
    const secret = ctx.keyring.open(sealed, bindingOf(ctx, connection, name));
    headers[name] = `${scheme}${secret}`;
    const bare = secret.replace(/^[a-z]+ +(?=\S+$)/i, '');
    if (looksSecret(name, bare)) secrets.push(bare, secret, headers[name]);
  };
  const kept = JSON.parse(connection.headers) as Record<string, KeptHeader>;
  for (const [name, header] of Object.entries(kept)) {
    if ('plain' in header) headers[name] = header.plain;
    else add(name, header.sealed, '');
  }
  const name = connection.key_header;
  if (connection.key_sealed !== null)
    add(name, connection.key_sealed, name === 'authorization' ? 'Bearer ' : '');
  return { headers, secrets };
}

function bindingOf(ctx: Keep, connection: Bound, header: string) {
  return {
    workspace: ctx.workspace,
    record: connection.id,
    origin: new URL(connection.base_url).origin,
    header,
  };
}

/** Equal for equal keys of this install, and no help in guessing one. */
function fingerprintOf(ctx: Keep, key: string): string {
  return ctx.keyring.mark(`key:${key}`).split('.').slice(-1).join('').slice(0, 12);
}

/** A short secret would be half told by its last four characters. */
function lastFour(secret: string): string {
  return secret.length < 12 ? '' : secret.slice(-4);
}
