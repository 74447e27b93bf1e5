import 'server-only';
import type { Db } from '#lib/store/engine';
import type { Binding } from './keyring.ts';
import type { MasterKey } from './master-keys.ts';
import { seal, unseal } from './seal.ts';

const prefix = 'sentinel:';
const known = 'batchdeck';

/** A known value sealed under each key this store has ever used: a wrong key is found out at the start. */
export async function readSentinels(db: Db): Promise<Map<string, string>> {
  const rows = await db.selectFrom('settings').selectAll().where('name', 'like', `${prefix}%`).execute();
  return new Map(rows.map(({ name, value }) => [name.slice(prefix.length), value]));
}

export function opensSentinel(key: MasterKey, sentinel: string): boolean {
  try {
    return unseal([key], sentinel, bindingFor(key)) === known;
  } catch {
    return false;
  }
}

export async function writeSentinel(db: Db, key: MasterKey): Promise<void> {
  const value = seal(key, known, bindingFor(key));
  await db
    .insertInto('settings')
    .values({ name: `${prefix}${key.id}`, value })
    .execute();
}

export async function forgetSentinels(db: Db): Promise<void> {
  await db.deleteFrom('settings').where('name', 'like', `${prefix}%`).execute();
}

function bindingFor(key: MasterKey): Binding {
  return { workspace: '', record: `${prefix}${key.id}`, origin: '', header: '' };
}
