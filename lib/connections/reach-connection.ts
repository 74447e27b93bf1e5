import 'server-only';
import type { Context } from '#lib/context';
import { notFound, Refusal } from '#lib/errors';
import type { ConnectionLimits } from '#lib/model/connection';
import { Unreached, waits } from '#lib/outbound/outbound';
import type { Provider, ProviderFetch } from '#lib/providers/provider';
import { providerFor } from '#lib/providers/registry';
import { type ConnectionRow, connectionRow } from '#lib/store/connections';
import { addressAt } from './base-url.ts';
import { type Credentials, openCredentials } from './credentials.ts';
import { whyLocked } from './show-connection.ts';
import { withoutEcho } from './without-echo.ts';

export type Reached = { connection: ConnectionRow; provider: Provider; fetch: ProviderFetch };

/**
 * How to speak to a connection. The key is opened inside each call and nowhere else. `own` are headers of one batch,
 * which go with each of its calls in the place of the connection's of that name.
 */
export async function reachConnection(
  ctx: Context,
  connectionId: string,
  own: Record<string, string> = {},
): Promise<Reached> {
  const connection = await connectionNow(ctx, connectionId);
  const fetch =
    connection.base_url === '' ? insideFetch(ctx, connection, own) : outsideFetch(ctx, connection, own);
  const limits = JSON.parse(connection.limits) as Partial<ConnectionLimits>;
  return { connection, provider: providerFor(connection.dialect, connection.preset, limits), fetch };
}

async function connectionNow(ctx: Context, id: string): Promise<ConnectionRow> {
  const connection = await connectionRow(ctx.db, ctx.workspace, id);
  if (!connection) throw notFound('This connection');
  const locked = whyLocked(ctx, connection);
  if (locked !== null) throw new Refusal('conflict', locked);
  return connection;
}

/** The built-in provider is asked in process, by the same adapter and the same words as any other. */
function insideFetch(ctx: Context, connection: ConnectionRow, own: Record<string, string>): ProviderFetch {
  const { sandbox } = ctx;
  if (!sandbox) throw new Refusal('conflict', 'The sandbox is switched off here.');
  const { headers } = openCredentials(ctx, connection);
  return (path, { method, headers: given, body, signal, bare, named }) =>
    sandbox.fetch({
      method,
      path: bare || named ? pathOf(path) : `/v1${path}`,
      headers: new Headers(bare ? given : { ...given, ...headers, ...own }),
      caller: connection.id,
      body: typeof body === 'string' ? once(body) : (body ?? null),
      origin: 'http://sandbox',
      signal,
    });
}

/** Another process answers with addresses of its own door. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname.replace(/^\/sandbox(?=\/)/, '') + search;
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

function outsideFetch(ctx: Context, connection: ConnectionRow, own: Record<string, string>): ProviderFetch {
  const { origin } = new URL(connection.base_url);
  return async (path, init) => {
    const { method, body, signal, small } = init;
    if (init.bare) {
      const url = new URL(path);
      const named = { url: url.href, origin: url.origin, namedBy: origin };
      return ctx.outbound.request({ ...named, method, headers: {}, signal, small });
    }
    const { headers, secrets } = await opened(ctx, connection);
    const answer = await ctx.outbound.request({
      url: init.named ? new URL(path).href : addressAt(connection, path),
      origin,
      method,
      headers: { ...init.headers, ...headers, ...withoutKey(own, connection) },
      body,
      signal,
      small,
      headersTimeoutMs: body === undefined ? undefined : waits.createHeadersMs,
    });
    return withoutEcho(answer, secrets);
  };
}

function withoutKey(own: Record<string, string>, { key_header }: ConnectionRow): Record<string, string> {
  return Object.fromEntries(Object.entries(own).filter(([name]) => name !== key_header));
}

/**
 * The key as it is kept at this moment: one that was replaced since the step began is used no more.
 * What cannot be opened is known before anything leaves, and the caller must learn just that.
 */
async function opened(ctx: Context, { id, base_url }: ConnectionRow): Promise<Credentials> {
  try {
    const now = await connectionNow(ctx, id);
    if (now.base_url !== base_url) throw new Refusal('conflict', 'The address was changed just now.');
    return openCredentials(ctx, now);
  } catch (error) {
    if (error instanceof Refusal) throw new Unreached('blocked', false, error.message);
    throw error;
  }
}
