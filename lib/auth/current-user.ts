import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { type Context, contextFor, deps } from '#lib/context';
import { paths } from '#lib/paths';
import { sessionActor } from './context-of.ts';
import { sessionTokenIn } from './cookie.ts';

/** The person a page is drawn for; asked once a request, however many parts of the page ask. */
export const currentContext = cache(async (): Promise<Context | null> => {
  const here = deps();
  const token = sessionTokenIn(await headers(), here.env);
  const actor = token === null ? null : await sessionActor(token, here);
  return actor?.kind === 'user' ? contextFor(here, actor) : null;
});

/** Awaited by every page before its first Suspense, so that signed-out is a real 307. */
export async function requireMember(next: string): Promise<Context> {
  return (await currentContext()) ?? redirect(paths.signIn(next));
}

/** For pages without a member: the set-up page, a share link. */
export function anyoneContext(): Context {
  return contextFor(deps(), { kind: 'anyone' });
}
