import 'server-only';
import { type Env, EnvProblem } from '#lib/env';
import { Refusal } from '#lib/errors';
import type { Log } from '#lib/log';
import { aloneWith, type Db } from '#lib/store/engine';
import { keyFileIn, readKeyFile, writeKeyFile } from './key-file.ts';
import type { Keyring } from './keyring.ts';
import { markWith } from './mark.ts';
import { type MasterKey, parseMasterKeys } from './master-keys.ts';
import { seal, unseal } from './seal.ts';
import { keyIdsInUse } from './sealed-rows.ts';
import { forgetSentinels, opensSentinel, readSentinels, writeSentinel } from './sentinel.ts';

type Given = { env: Env; db: Db; log: Log };

/** Nothing is written before every given key has proved itself; there is no way to run without sealing. */
export function openKeyring(given: Given): Promise<Keyring> {
  return aloneWith(given.db, 'keyring', () => proved(given));
}

async function proved({ env, db, log }: Given): Promise<Keyring> {
  const file = keyFileIn(env.BATCHDECK_DATA_DIR);
  const place = env.BATCHDECK_KEYS === undefined ? `BATCHDECK_KEYS (the file ${file})` : 'BATCHDECK_KEYS';
  const inUse = await keyIdsInUse(db);
  const given = env.BATCHDECK_KEYS ?? readKeyFile(file, log);
  if (given === null && inUse.size > 0) return lockedKeyring([...inUse], log);
  const keys = parseMasterKeys(given ?? (await generate(db, file, log)), place);
  const sentinels = await readSentinels(db);
  prove(keys, sentinels, inUse, place);
  for (const key of keys) if (!sentinels.has(key.id)) await writeSentinel(db, key);
  return keyringOf(keys);
}

/** Only where nothing is sealed: what an earlier, lost key has left behind goes first, so that a crash here is no trap. */
async function generate(db: Db, file: string, log: Log): Promise<string> {
  await forgetSentinels(db);
  const text = writeKeyFile(file, 'k1');
  log.warn('A master key was generated. Back this file up: without it the stored provider keys are lost.', {
    file,
  });
  return text;
}

function prove(keys: MasterKey[], sentinels: Map<string, string>, inUse: Set<string>, place: string): void {
  for (const key of keys) {
    const sentinel = sentinels.get(key.id);
    if (sentinel !== undefined && !opensSentinel(key, sentinel)) {
      throw new EnvProblem(`${place}: the key ${key.id} is not the one this store was sealed with`);
    }
  }
  for (const id of inUse) {
    if (!keys.some((key) => key.id === id)) {
      throw new EnvProblem(`${place}: the store holds values sealed under ${id}, and that key is not given`);
    }
    if (!sentinels.has(id)) {
      throw new EnvProblem(
        `${place}: nothing in this store can prove the key ${id}; restore it from a backup`,
      );
    }
  }
  if (sentinels.size > 0 && !keys.some((key) => sentinels.has(key.id))) {
    throw new EnvProblem(`${place}: none of the given keys has been used with this store before`);
  }
}

function keyringOf(keys: MasterKey[]): Keyring {
  const [first] = keys;
  if (!first) throw new EnvProblem('BATCHDECK_KEYS: no key is given');
  return {
    locked: null,
    seal: (plain, binding) => seal(first, plain, binding),
    open: (sealed, binding) => unseal(keys, sealed, binding),
    mark: (text) => markWith(first, text),
    marks: (text) => keys.map((key) => markWith(key, text)),
    markFits: (text, mark) => {
      const key = keys.find(({ id }) => mark?.startsWith(`${id}.`));
      return key !== undefined && markWith(key, text) === mark;
    },
  };
}

function lockedKeyring(ids: string[], log: Log): Keyring {
  const locked = `The connections are locked: the master key ${ids.sort().join(', ')} is missing. Set BATCHDECK_KEYS or restore the key file, then restart.`;
  log.warn(locked);
  const refuse = (): never => {
    throw new Refusal('conflict', locked);
  };
  return { locked, seal: refuse, open: refuse, mark: refuse, marks: () => [], markFits: () => false };
}
