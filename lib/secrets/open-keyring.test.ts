import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import type { Insertable } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { EnvProblem } from '#lib/env';
import { createLog } from '#lib/log';
import type { Db } from '#lib/store/engine';
import type { Schema } from '#lib/store/schema';
import { openTestDb } from '#lib/store/test-db';
import { testContext, testEnv } from '#lib/test-context';
import { keyFileIn } from './key-file.ts';
import type { Keyring } from './keyring.ts';
import { openKeyring } from './open-keyring.ts';

const binding = { workspace: 'main', record: 'con_1', origin: 'https://gw.example.com', header: 'x-api-key' };
const canary = 'sk-canary-0123456789abcdef';
const said: string[] = [];
const log = createLog('info', (line) => said.push(line));
let db: Db;
let home: string;

beforeEach(async () => {
  said.length = 0;
  db = await openTestDb();
  home = testEnv().BATCHDECK_DATA_DIR;
});

test('a fresh store makes one private key, says to back it up and keeps it', async () => {
  const first = await open();
  const file = keyFileIn(home);
  const text = readFileSync(file, 'utf8');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(said.join()).toContain('Back this file up');
  expect(said.join()).not.toContain(text.trim().slice(3));
  const sealed = first.seal(canary, binding);
  expect((await open()).open(sealed, binding)).toBe(canary);
  expect(readFileSync(file, 'utf8')).toBe(text);
  expect(said).toHaveLength(1);
});

test('the first key seals and all open', async () => {
  const [k1, k2] = [aKey(), aKey()];
  const sealed = (await open(`k1:${k1}`)).seal(canary, binding);
  const both = await open(`k2:${k2},k1:${k1}`);
  expect(both.open(sealed, binding)).toBe(canary);
  expect(both.seal(canary, binding)).toMatch(/^v1\.k2\./);
  expect(existsSync(keyFileIn(home))).toBe(false);
});

test.each([
  ['changeme', /must look like k1:/],
  ['k1:changeme', /exactly 32 bytes/],
  [`k1:${randomBytes(31).toString('base64')}`, /exactly 32 bytes/],
  [`k1:${randomBytes(33).toString('base64')}`, /exactly 32 bytes/],
  [`k1:${randomBytes(32).toString('hex')}`, /exactly 32 bytes/],
  [aKey(), /must look like k1:/],
  [`k1:${aKey()},`, /must look like k1:/],
  [`k1:${aKey()},k1:${aKey()}`, /given twice/],
  [' ', /must look like k1:/],
])('the key text %j is refused in one line that does not repeat it', async (text, words) => {
  const before = await everything();
  const error = await open(text).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(EnvProblem);
  const { message } = error as Error;
  expect(message).toMatch(/^BATCHDECK_KEYS: key \d|^BATCHDECK_KEYS: the id k1/);
  expect(message).toMatch(words);
  expect(message).not.toContain('\n');
  for (const secret of text.split(/[:,\s]/).filter((part) => part.length > 20)) {
    expect(message).not.toContain(secret);
  }
  expect(await everything()).toBe(before);
});

test('another key than the one of this store is refused, sealed rows or not, and nothing is written', async () => {
  await open(`k1:${aKey()}`);
  const before = await everything();
  await expect(open(`k1:${aKey()}`)).rejects.toThrow(/^BATCHDECK_KEYS: the key k1 is not the one/);
  await expect(open(`k9:${aKey()}`)).rejects.toThrow(/^BATCHDECK_KEYS: none of the given keys/);
  expect(await everything()).toBe(before);
});

test('a damaged key file is named', async () => {
  await open();
  const file = keyFileIn(home);
  for (const text of ['', 'changeme', `k1:${aKey()}`]) {
    writeFileSync(file, text);
    await expect(open()).rejects.toThrow(file);
  }
});

test('a key file that others can read is complained about', async () => {
  await open();
  chmodSync(keyFileIn(home), 0o644);
  await open();
  expect(said.at(-1)).toContain('chmod 600');
});

test('without the key a store with sealed rows starts locked, and nothing opens or seals', async () => {
  await sealedRow(await open());
  unlinkSync(keyFileIn(home));
  const before = await everything();
  const keyring = await open();
  expect(keyring.locked).toMatch(/^The connections are locked: the master key k1 is missing/);
  expect(() => keyring.seal(canary, binding)).toThrow('locked');
  expect(() => keyring.open('v1.k1.AAAA.AAAA', binding)).toThrow('locked');
  expect(existsSync(keyFileIn(home))).toBe(false);
  expect(await everything()).toBe(before);
});

test('a sealed header counts like a key; a plain one that looks sealed and a damaged row do not', async () => {
  const keyring = await open();
  const sealed = keyring.seal(canary, binding);
  await sealedRow(keyring, { key_sealed: 'v1.damaged', headers: '{"x-a":{"plain":"v1.0"}}' });
  expect((await open()).locked).toBe(null);
  await db
    .updateTable('connections')
    .set({ headers: JSON.stringify({ 'x-b': { sealed, last4: 'cdef' } }) })
    .execute();
  unlinkSync(keyFileIn(home));
  expect((await open()).locked).toContain('locked');
});

test('a key that sealed rows still need may not be left out', async () => {
  const [k1, k2] = [aKey(), aKey()];
  await sealedRow(await open(`k1:${k1}`));
  await open(`k2:${k2},k1:${k1}`);
  await expect(open(`k2:${k2}`)).rejects.toThrow('sealed under k1');
});

test('without its sentinel a store with sealed rows trusts no key', async () => {
  const key = aKey();
  await sealedRow(await open(`k1:${key}`));
  await db.deleteFrom('settings').execute();
  await expect(open(`k1:${key}`)).rejects.toThrow('nothing in this store can prove the key k1');
});

test('a lost key with nothing sealed under it is replaced', async () => {
  await open();
  unlinkSync(keyFileIn(home));
  const keyring = await open();
  expect(keyring.open(keyring.seal(canary, binding), binding)).toBe(canary);
});

test('an empty text is never sealed', async () => {
  const keyring = await open();
  expect(() => keyring.seal('', binding)).toThrow('nothing to seal');
});

function open(keys?: string): Promise<Keyring> {
  const env = { ...testEnv(), BATCHDECK_DATA_DIR: home, BATCHDECK_KEYS: keys };
  return openKeyring({ env, db, log });
}

function aKey(): string {
  return randomBytes(32).toString('base64');
}

async function sealedRow(
  keyring: Keyring,
  more: Partial<Insertable<Schema['connections']>> = {},
): Promise<void> {
  const ctx = await testContext({ db, keyring });
  const row = { id: 'con_1', workspace: ctx.workspace, name: 'gw', preset: 'infron', dialect: 'inline' };
  await db
    .insertInto('connections')
    .values({
      ...row,
      base_url: 'https://gw.example.com/v1',
      key_header: 'x-api-key',
      key_sealed: keyring.seal(canary, binding),
      key_last4: 'cdef',
      key_fingerprint: 'f',
      headers: '{}',
      limits: '{}',
      discount: null,
      completion_window: null,
      set_by_file: '[]',
      file_mark: null,
      created_at: 0,
      updated_at: 0,
      deleted_at: null,
      ...more,
    })
    .execute();
}

async function everything(): Promise<string> {
  const [settings, connections] = [
    await db.selectFrom('settings').selectAll().execute(),
    await db.selectFrom('connections').selectAll().execute(),
  ];
  return JSON.stringify([settings, connections]);
}
