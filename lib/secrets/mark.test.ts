import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { openTestDb } from '#lib/store/test-db';
import { testContext, testEnv } from '#lib/test-context';
import { openKeyring } from './open-keyring.ts';

async function keyring(keys: string) {
  const db = await openTestDb();
  const { log } = await testContext();
  return openKeyring({ env: testEnv({ BATCHDECK_KEYS: keys }), db, log });
}

const newKey = () => randomBytes(32).toString('base64');

test('a mark fits the same text, and only under its own key', async () => {
  const [k1, k2] = [newKey(), newKey()];
  const { mark, markFits } = await keyring(`k1:${k1}`);
  expect(markFits('said', mark('said'))).toBe(true);
  expect(markFits('said ', mark('said'))).toBe(false);
  expect(markFits('said', null)).toBe(false);
  expect(markFits('said', '')).toBe(false);
  expect((await keyring(`k1:${newKey()}`)).markFits('said', mark('said'))).toBe(false);
  expect((await keyring(`k2:${k2},k1:${k1}`)).markFits('said', mark('said'))).toBe(true);
});

test('a mark is not the plain hash of what it stands for', async () => {
  const { mark } = await keyring(`k1:${newKey()}`);
  expect(mark('said')).not.toContain(createHash('sha256').update('said').digest('hex'));
});
