import 'server-only';
import type { Context } from '#lib/context';
import { notFound, Refusal } from '#lib/errors';
import { Unreached, waits } from '#lib/outbound/outbound';
import type { Provider, ProviderFetch } from '#lib/providers/provider';
import { providerFor } from '#lib/providers/registry';
import { type ConnectionRow, connectionRow } from '#lib/store/connections';
import { type Credentials, openCredentials } from './credentials.ts';
import { whyLocked } from './show-connection.ts';
import { withoutEcho } from './without-echo.ts';

export type Reached = { connection: ConnectionRow; provider: Provider; fetch: ProviderFetch };

/** How to speak to a connection. The key is opened inside each call and nowhere else. */
export async function reachConnection(ctx: Context, connectionId: string): Promise<Reached> {
  const connection = await connectionNow(ctx, connectionId);
  const fetch = connection.base_url === '' ? insideFetch(ctx) : outsideFetch(ctx, connection);
  return { connection, provider: providerFor(connection.dialect, connection.preset), fetch };
}

async function connectionNow(ctx: Context, id: string): Promise<ConnectionRow> {
  const connection = await connectionRow(ctx.db, ctx.workspace, id);
  if (!connection) throw notFound('This connection');
  const locked = whyLocked(ctx, connection);
  if (locked !== null) throw new Refusal('conflict', locked);
  return connection;
}

/** The built-in provider is asked in process, by the same adapter and the same words as any other. */
function insideFetch(ctx: Context): ProviderFetch {
  const { sandbox } = ctx;
  if (!sandbox) throw new Refusal('conflict', 'The sandbox is switched off here.');
  return (path, init) =>
    sandbox.fetch({
      method: init.method,
      path: `/v1${path}`,
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? once(init.body) : (init.body ?? null),
    });
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

function outsideFetch(ctx: Context, connection: ConnectionRow): ProviderFetch {
  const { origin } = new URL(connection.base_url);
  return async (path, init) => {
    const { method, body, signal } = init;
    if (init.bare) {
      const url = new URL(path);
      return ctx.outbound.request({ url: url.href, origin: url.origin, method, headers: {}, signal });
    }
    const { headers, secrets } = await opened(ctx, connection);
    const answer = await ctx.outbound.request({
      url: `${connection.base_url}${path}`,
      origin,
      method,
      headers: { ...init.headers, ...headers },
      body,
      signal,
      headersTimeoutMs: body === undefined ? undefined : waits.createHeadersMs,
    });
    return withoutEcho(answer, secrets);
  };
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
