import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Blobs } from '#lib/blobs/blobs';
import { openFsBlobs } from '#lib/blobs/fs';
import type { Db } from '#lib/store/engine';
import { openTestDb } from '#lib/store/test-db';
import { testEnv } from '#lib/test-context';
import { demandOwnBlobs } from './demand-own-blobs.ts';

const alone = testEnv();
const shared = testEnv({ DATABASE_URL: 'postgres://127.0.0.1/x' });
const inBucket = testEnv({ BLOB_URL: 's3://bucket/prefix?region=eu-west-1' });
let db: Db;
let blobs: Blobs;
beforeEach(async () => {
  db = await openTestDb();
  blobs = folder();
});
const folder = () => openFsBlobs(mkdtempSync(path.join(tmpdir(), 'blobs-')));

test.each([alone, shared, inBucket])('the same store finds its blobs again', async (env) => {
  for (let i = 0; i < 3; i++) await demandOwnBlobs(env, db, blobs);
  await Promise.all(Array.from({ length: 4 }, () => demandOwnBlobs(env, db, blobs)));
});

test('many first starts at once agree on one mark', async () => {
  await Promise.all(Array.from({ length: 6 }, () => demandOwnBlobs(shared, db, blobs)));
});

test('a start that is overtaken between its two looks goes on', async () => {
  const overtaken: Blobs = {
    ...blobs,
    async size(key) {
      const seen = await blobs.size(key);
      await demandOwnBlobs(shared, db, blobs);
      return seen;
    },
  };
  await demandOwnBlobs(shared, db, overtaken);
});

test('a replica with a folder of its own is told so', async () => {
  await demandOwnBlobs(shared, db, blobs);
  await expect(demandOwnBlobs(shared, db, folder())).rejects.toThrow(
    /^BATCHDECK_DATA_DIR: the blobs of this store are not in \S+; all processes on one DATABASE_URL must share/,
  );
  await expect(demandOwnBlobs(inBucket, db, folder())).rejects.toThrow(
    'BLOB_URL: the blobs of this store are not at s3://bucket/prefix; name the place they are at',
  );
});

test('of two first starts on two folders only one goes on', async () => {
  const starts = await Promise.allSettled([folder(), folder()].map((own) => demandOwnBlobs(shared, db, own)));
  expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test.each([alone, shared, inBucket])('the blobs of another store are left alone', async (env) => {
  await demandOwnBlobs(env, db, blobs);
  await expect(demandOwnBlobs(env, await openTestDb(), blobs)).rejects.toThrow('belong to another store');
});

test('a start killed before the store knew its mark is taken up by the next', async () => {
  await demandOwnBlobs(shared, db, blobs);
  await db.deleteFrom('settings').where('name', '=', 'store-mark').execute();
  await demandOwnBlobs(shared, db, blobs);
});

test('beside a SQLite file, blobs that came back without the mark get it again', async () => {
  await demandOwnBlobs(alone, db, blobs);
  await blobs.delete('store-mark');
  await demandOwnBlobs(alone, db, blobs);
  expect(await blobs.size('store-mark')).not.toBeNull();
});
