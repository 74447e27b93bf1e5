import 'server-only';
import { type Actor, type Context, contextFor, type Deps, deps } from '#lib/context';
import { sessionTokenIn } from './cookie.ts';
import { findSession } from './session.ts';
import { bearerIn, tokenActor } from './token.ts';

/** Who asks, from what the request carries. A request with a session cookie is judged by the cookie alone. */
export async function contextOf(request: Request): Promise<Context> {
  const here = deps();
  return contextFor(here, await actorOf(request.headers, here));
}

async function actorOf(headers: Headers, here: Deps): Promise<Actor> {
  const cookie = sessionTokenIn(headers, here.env);
  if (cookie !== null) return sessionActor(cookie, here);
  const bearer = bearerIn(headers);
  return (bearer && (await tokenActor(here.db, bearer, here.clock()))) || { kind: 'anyone' };
}

export async function sessionActor(token: string, here: Deps): Promise<Actor> {
  const found = await findSession(here.db, token, here.clock());
  if (!found) return { kind: 'anyone' };
  return {
    kind: 'user',
    userId: found.userId,
    name: found.email,
    role: found.role,
    sessionHash: found.hash,
  };
}
