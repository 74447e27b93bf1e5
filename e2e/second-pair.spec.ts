import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { expect, test } from './fixtures.ts';
import { createAccount, expectOver, resultsTable } from './screen.ts';
import { startServer } from './server.ts';

type Pair = { DATABASE_URL: string; BLOB_URL: string };

test('the walk is the same on Postgres and S3, and over a restart', async ({ page }) => {
  test.setTimeout(120_000);
  const { pair, child } = await startPair();
  const server = await startServer({
    provision: null,
    env: {
      ...pair,
      BATCHDECK_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      BATCHDECK_SANDBOX: '1',
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
      AWS_REGION: 'us-east-1',
    },
  });
  try {
    await createAccount(page, server.setupLink ?? '');
    await page.getByRole('button', { name: 'Send the sample' }).click();
    await expectOver(page);
    await expect(resultsTable(page).getByText('08-thinking', { exact: true })).toBeVisible();
    const batch = page.url();
    await server.end('SIGKILL');
    await server.start();
    await page.goto(`${batch}/r/8`);
    await expect(page.getByText('The bat costs 1.10 and the ball 0.10.')).toBeVisible();
    expect(await server.end('SIGTERM')).toBe(0);
  } finally {
    await server.clear();
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
});

async function startPair(): Promise<{ pair: Pair; child: ChildProcess }> {
  const child = spawn(process.execPath, ['--conditions=react-server', 'lib/commands/second-pair.mjs'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { pair: JSON.parse(line.toString()) as Pair, child };
}
