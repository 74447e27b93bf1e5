import 'server-only';
import type { Context } from '#lib/context';
import { capabilitiesOf } from '#lib/model/capabilities';
import type { Connection, ConnectionLimits, Dialect } from '#lib/model/connection';
import { presetNamed } from '#lib/model/preset';
import type { ConnectionRow } from '#lib/store/connections';
import type { KeptHeader } from './credentials.ts';

export function showConnection(ctx: Pick<Context, 'keyring' | 'sandbox'>, row: ConnectionRow): Connection {
  const headers = JSON.parse(row.headers) as Record<string, KeptHeader>;
  const dialect = row.dialect as Dialect;
  const limits = JSON.parse(row.limits) as Partial<ConnectionLimits>;
  return {
    id: row.id,
    name: row.name,
    preset: row.preset,
    dialect,
    baseUrl: row.base_url,
    keyHeader: row.key_header,
    key:
      row.key_fingerprint === null ? null : { last4: row.key_last4 ?? '', fingerprint: row.key_fingerprint },
    headers: Object.fromEntries(Object.entries(headers).map(([name, kept]) => [name, masked(kept)])),
    limits: {
      requests: null,
      bytes: null,
      customIdPattern: null,
      ...limits,
    },
    discount: row.discount,
    completionWindow: row.completion_window,
    capabilities: capabilitiesOf({ dialect, preset: row.preset, limits }),
    setByFile: JSON.parse(row.set_by_file) as string[],
    locked: whyLocked(ctx, row),
    createdAt: new Date(row.created_at).toISOString(),
  };
}

/** Why a connection cannot be used just now, in words. */
export function whyLocked(ctx: Pick<Context, 'keyring' | 'sandbox'>, row: ConnectionRow): string | null {
  if (row.base_url === '') return ctx.sandbox ? null : 'The sandbox is switched off here.';
  const sealed = row.key_sealed !== null || row.headers.includes('"sealed"');
  if (sealed && ctx.keyring.locked !== null) return ctx.keyring.locked;
  if (row.key_sealed === null && presetNamed(row.preset)?.needsKey) return 'This connection has no key yet.';
  return null;
}

function masked(kept: KeptHeader): string {
  return 'plain' in kept ? kept.plain : `••••${kept.last4}`;
}
