import 'server-only';
import { type Env, EnvProblem } from '#lib/env';

export type MasterKey = { id: string; bytes: Buffer };

const idForm = /^[A-Za-z0-9_-]{1,32}$/;
const bytesForm = /^[A-Za-z0-9+/_-]{43}=?$/;

/** Before anything is opened or written. */
export function demandSoundKeys(env: Env): void {
  if (env.BATCHDECK_KEYS !== undefined) parseMasterKeys(env.BATCHDECK_KEYS, 'BATCHDECK_KEYS');
}

/** `k2:<base64 of 32 bytes>,k1:…`. Complaints name the place and never repeat the text: it may be a key. */
export function parseMasterKeys(text: string, place: string): MasterKey[] {
  const keys = text
    .trim()
    .split(',')
    .map((entry, i) => parseOne(entry.trim(), `${place}: key ${i + 1}`));
  const twice = keys.find(({ id }, i) => keys.findIndex((key) => key.id === id) !== i);
  if (twice) throw new EnvProblem(`${place}: the id ${twice.id} is given twice`);
  return keys;
}

function parseOne(entry: string, place: string): MasterKey {
  const colon = entry.indexOf(':');
  const id = entry.slice(0, Math.max(0, colon));
  if (!idForm.test(id)) throw new EnvProblem(`${place} must look like k1:<base64 of 32 random bytes>`);
  const text = entry.slice(colon + 1);
  const bytes = Buffer.from(text, 'base64');
  if (!bytesForm.test(text) || bytes.length !== 32) {
    throw new EnvProblem(
      `${place} (${id}) must be the base64 of exactly 32 bytes, as openssl rand -base64 32 makes`,
    );
  }
  return { id, bytes };
}
