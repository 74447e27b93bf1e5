import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from './fixtures.ts';
import { createAccount } from './screen.ts';
import { Server, startServer } from './server.ts';

test('a second process on one data folder is refused in words, and the first goes on', async () => {
  const first = await startServer();
  const second = new Server({ dataDir: first.dataDir });
  try {
    await expect(second.start()).rejects.toThrow(
      `Batchdeck cannot start: another Batchdeck works with ${first.dataDir}. Stop it first, or set BATCHDECK_DATA_DIR to another folder.`,
    );
    expect(await second.end()).toBe(1);
    expect((await fetch(`${first.url}/api/ready`)).status).toBe(200);
  } finally {
    await first.clear();
  }
});

test('what cannot be reached at the start is named in one line without its secrets', async () => {
  const keys = `k1:${randomBytes(32).toString('base64')}`;
  const bucket = 's3://bucket/prefix?region=x&forcePathStyle=true&endpoint=http://127.0.0.1:1';
  const secret = 'hunter2-hunter2';
  const aws = { AWS_ACCESS_KEY_ID: 'someone', AWS_SECRET_ACCESS_KEY: secret };
  for (const [env, line] of [
    [
      { DATABASE_URL: `postgres://me:${secret}@127.0.0.1:1/x`, BATCHDECK_KEYS: keys },
      'DATABASE_URL: the database cannot be used, nothing listens at its address',
    ],
    [{ BLOB_URL: bucket, ...aws }, 'BLOB_URL: '],
  ] as const) {
    const server = new Server({ env });
    try {
      await expect(server.start()).rejects.toThrow(`Batchdeck cannot start: ${line}`);
      expect(await server.end()).toBe(1);
      expect(server.log).not.toContain(secret);
    } finally {
      await server.clear();
    }
  }
});

test('a start that is killed at any moment is taken up by the next', async ({ page }) => {
  test.setTimeout(120_000);
  const server = new Server({ provision: null });
  try {
    for (const moment of [150, 300, 450, 600, 800, 1_100]) {
      const start = server.start().catch(() => {});
      await sleep(moment);
      await server.end('SIGKILL');
      await start;
    }
    await server.start();
    await createAccount(page, server.setupLink ?? '');
    expect(await server.end('SIGTERM')).toBe(0);
  } finally {
    await server.clear();
  }
});
