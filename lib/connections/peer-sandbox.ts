import 'server-only';
import type { Deps } from '#lib/context';
import type { Env } from '#lib/env';
import { callerHeader } from '#lib/model/sandbox-faults';
import { portOf } from '#lib/outbound/check-target';
import { createOutbound } from '#lib/outbound/create-outbound';
import { type OutboundRequest, waits } from '#lib/outbound/outbound';
import type { Keyring } from '#lib/secrets/keyring';
import { peerKey } from '#lib/secrets/peer-key';

/** The sandbox that another process of this install owns. The operator named its address, so it may be a private one. */
export function peerSandbox(env: Env, origin: string, keyring: Keyring): NonNullable<Deps['sandbox']> {
  const port = portOf(new URL(origin));
  const onlyIt = {
    hasPort: (asked: number) => asked === port,
    has: (_: string, asked: number) => asked === port,
  };
  const outbound = createOutbound(env, { allowed: onlyIt });
  return {
    fetch: ({ method, path, headers, body, caller = '' }) =>
      outbound.request({
        url: `${origin}/sandbox${path}`,
        origin,
        method: method as OutboundRequest['method'],
        headers: {
          ...Object.fromEntries(headers),
          [callerHeader]: caller,
          authorization: `Bearer ${peerKey(keyring)}`,
        },
        body: body ?? undefined,
        headersTimeoutMs: body === null ? undefined : waits.createHeadersMs,
      }),
  };
}
