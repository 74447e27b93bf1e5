import { contextOf } from '#lib/auth/context-of';
import { isPeer } from '#lib/connections/is-peer';
import { enterSandbox, keyOnly } from '#lib/sandbox/door';

async function answer(request: Request): Promise<Response> {
  const asked = keyOnly(request);
  const { actor, sandbox, env, keyring } = await contextOf(asked);
  const hasKey = actor.kind === 'token' || isPeer(asked, keyring);
  return enterSandbox(env.ownsSandbox ? sandbox : null, request, hasKey, askedOrigin(request, env.appOrigin));
}

/** Where the caller found us: behind a proxy the host is ours by name and the scheme is not what it sees. */
function askedOrigin(request: Request, appOrigin: string): string {
  const host = request.headers.get('host');
  return host === null || host === new URL(appOrigin).host ? appOrigin : `http://${host}`;
}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
