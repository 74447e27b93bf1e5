import 'server-only';
import type { Context } from '#lib/context';
import { capabilitiesOf } from '#lib/model/capabilities';
import type { Connection, ConnectionCheck, ConnectionLimits, Dialect } from '#lib/model/connection';
import type { ConnectionRow } from '#lib/store/connections';
import type { KeptHeader } from './credentials.ts';
import { presetOf } from './preset-of.ts';
import { idle, type Standing } from './standing.ts';

type Seen = Pick<Context, 'keyring' | 'sandbox'>;

export function showConnection(ctx: Seen, row: ConnectionRow, standing: Standing = idle): Connection {
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
    limits: { requests: null, bytes: null, customIdPattern: null, ...limits },
    discount: row.discount,
    completionWindow: row.completion_window,
    capabilities: capabilitiesOf({ dialect, preset: row.preset, limits, headers: Object.keys(headers) }),
    setByFile: JSON.parse(row.set_by_file) as string[],
    locked: whyLocked(ctx, row),
    paused: pauseOf(row, standing.pausedBy),
    keyRefused: standing.keyRefused,
    checked: row.checked === null ? null : (JSON.parse(row.checked) as ConnectionCheck),
    batches: { running: standing.running, waiting: standing.waiting },
    createdAt: new Date(row.created_at).toISOString(),
  };
}

/** Why a connection cannot be used just now, in words. */
export function whyLocked(ctx: Seen, row: ConnectionRow): string | null {
  if (row.base_url === '') return ctx.sandbox ? null : 'The sandbox is switched off here.';
  const sealed = row.key_sealed !== null || row.headers.includes('"sealed"');
  if (sealed && ctx.keyring.locked !== null) return ctx.keyring.locked;
  if (row.key_sealed === null && presetOf(row)?.needsKey) return 'This connection has no key yet.';
  return null;
}

function pauseOf({ paused_at, paused_why }: ConnectionRow, by: string | null): Connection['paused'] {
  if (paused_at === null) return null;
  return { at: new Date(paused_at).toISOString(), by, why: paused_why ?? '' };
}

function masked(kept: KeptHeader): string {
  return 'plain' in kept ? kept.plain : `••••${kept.last4}`;
}
