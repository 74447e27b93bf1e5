import 'server-only';
import type { Keyring } from '#lib/secrets/keyring';
import { isPeerKey } from '#lib/secrets/peer-key';

/** Whether another process of this install asks. */
export function isPeer(request: Request, keyring: Keyring): boolean {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  return isPeerKey(keyring, given ?? null);
}
