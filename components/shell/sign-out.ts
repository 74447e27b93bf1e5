import { sendJson } from '#lib/api-client';
import { apiPaths, paths } from '#lib/paths';

/** A whole new page afterwards, so that nothing of the session stays in memory. */
export async function signOut(): Promise<void> {
  await sendJson('DELETE', apiPaths.session);
  sessionStorage.clear();
  location.assign(paths.signIn());
}
