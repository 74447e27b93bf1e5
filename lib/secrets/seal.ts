import 'server-only';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Refusal } from '#lib/errors';
import type { Binding } from './keyring.ts';
import type { MasterKey } from './master-keys.ts';

const cipher = 'aes-256-gcm';
const form = /^v1\.([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;
const nonceBytes = 12;
const tagBytes = 16;

/** `v1.<key id>.<data key under the master key>.<text under the data key>`, each part bound to its place. */
export function seal(master: MasterKey, plain: string, binding: Binding): string {
  if (plain === '')
    throw new Error('There is nothing to seal: an empty key would be sent as if it were one.');
  const dataKey = randomBytes(32);
  const bound = boundTo(master.id, binding);
  const wrapped = encrypt(master.bytes, dataKey, `${bound}#key`);
  const text = encrypt(dataKey, Buffer.from(plain, 'utf8'), `${bound}#text`);
  return `v1.${master.id}.${wrapped.toString('base64url')}.${text.toString('base64url')}`;
}

export function unseal(masters: MasterKey[], sealed: string, binding: Binding): string {
  const [, id, wrapped = '', text = ''] = form.exec(sealed) ?? [];
  const master = masters.find((key) => key.id === id);
  if (!id || !master) throw broken();
  const bound = boundTo(id, binding);
  try {
    const dataKey = decrypt(master.bytes, exactly(wrapped), `${bound}#key`);
    return decrypt(dataKey, exactly(text), `${bound}#text`).toString('utf8');
  } catch {
    throw broken();
  }
}

/** The id of the master key a value was sealed under. */
export function keyIdOf(sealed: string): string | null {
  return form.exec(sealed)?.[1] ?? null;
}

function boundTo(keyId: string, { workspace, record, origin, header }: Binding): string {
  return JSON.stringify(['v1', keyId, workspace, record, origin, header.toLowerCase()]);
}

function encrypt(key: Buffer, plain: Buffer, bound: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const work = createCipheriv(cipher, key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(bound));
  return Buffer.concat([nonce, work.update(plain), work.final(), work.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, bound: string): Buffer {
  const body = sealed.length - tagBytes;
  if (body < nonceBytes) throw new Error('too short');
  const work = createDecipheriv(cipher, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  work.setAAD(Buffer.from(bound)).setAuthTag(sealed.subarray(body));
  return Buffer.concat([work.update(sealed.subarray(nonceBytes, body)), work.final()]);
}

/** Base64 has spare bits at its end: two spellings of the same bytes are one too many. */
function exactly(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw new Error('not canonical');
  return bytes;
}

function broken(): Refusal {
  return new Refusal(
    'conflict',
    'A stored key does not open: it was damaged, moved, or sealed under another master key. Enter it again.',
  );
}
