import { spawnSync } from 'node:child_process';
import { expect, test } from './fixtures.ts';
import { token } from './server.ts';

const hasRequests = spawnSync('python3', ['-c', 'import requests']).status === 0;

test('the quickstart’s own Python creates, reads and cancels a batch', async ({ server }) => {
  test.skip(!hasRequests, 'python3 has no requests package here');
  const ran = spawnSync('python3', ['e2e/python/quickstart.py'], {
    encoding: 'utf8',
    timeout: 50_000,
    env: { ...process.env, BATCHDECK_URL: `${server.url}/sandbox/v1`, BATCHDECK_TOKEN: token },
  });
  expect(`${ran.stdout}${ran.stderr}`).not.toContain('Traceback');
  expect(ran.status).toBe(0);
});
