import 'server-only';
import type { Db } from '#lib/store/engine';
import { keyIdOf } from './seal.ts';

const sealedHeader = /"sealed":"(v1\.[A-Za-z0-9_.-]+)"/g;

/** The ids of the master keys that rows of the store are sealed under; a damaged row needs none, it opens with no key. */
export async function keyIdsInUse(db: Db): Promise<Set<string>> {
  const rows = await db
    .selectFrom('connections')
    .select(['key_sealed', 'headers'])
    .where((is) => is.or([is('key_sealed', 'is not', null), is('headers', 'like', '%"sealed":"v1.%')]))
    .execute();
  const sealed = rows.flatMap(({ key_sealed, headers }) => [
    ...(key_sealed === null ? [] : [key_sealed]),
    ...Array.from(headers.matchAll(sealedHeader), ([, text = '']) => text),
  ]);
  return new Set(sealed.map(keyIdOf).filter((id) => id !== null));
}
