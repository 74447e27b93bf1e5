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
  const connection = await connectionRow(ctx.db, ctx.workspace, connectionId);
  if (!connection) throw notFound('This connection');
  const locked = whyLocked(ctx, connection);
  if (locked !== null) throw new Refusal('conflict', locked);
  const fetch = connection.base_url === '' ? insideFetch(ctx, connection) : outsideFetch(ctx, connection);
  return { connection, provider: providerFor(connection.dialect, connection.preset), fetch };
}

/** The built-in provider is asked in process, by the same adapter and the same words as any other. */
function insideFetch(ctx: Context, connection: ConnectionRow): ProviderFetch {
  const { sandbox } = ctx;
  if (!sandbox) throw new Refusal('conflict', 'The sandbox is switched off here.');
  const { headers } = openCredentials(ctx, connection);
  return (path, init) =>
    sandbox.fetch({
      method: init.method,
      path: `/v1${path}`,
      headers: new Headers({ ...init.headers, ...headers }),
      body: typeof init.body === 'string' ? once(init.body) : (init.body ?? null),
    });
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

function outsideFetch(ctx: Context, connection: ConnectionRow): ProviderFetch {
  const { origin } = new URL(connection.base_url);
  return async (path, init) => {
    const { method, body, signal, small } = init;
    if (init.bare) {
      const url = new URL(path);
      const named = { url: url.href, origin: url.origin, namedBy: origin };
      return ctx.outbound.request({ ...named, method, headers: {}, signal, small });
    }
    const { headers, secrets } = opened(ctx, connection);
    const answer = await ctx.outbound.request({
      url: `${connection.base_url}${path}`,
      origin,
      method,
      headers: { ...init.headers, ...headers },
      body,
      signal,
      small,
      headersTimeoutMs: body === undefined ? undefined : waits.createHeadersMs,
    });
    return withoutEcho(answer, secrets);
  };
}

/** A key that does not open is known before anything leaves, and the caller must learn just that. */
function opened(ctx: Context, connection: ConnectionRow): Credentials {
  try {
    return openCredentials(ctx, connection);
  } catch (error) {
    if (error instanceof Refusal) throw new Unreached('blocked', false, error.message);
    throw error;
  }
}
