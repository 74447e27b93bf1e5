import { expect, test } from './fixtures.ts';
import { startPair } from './pair.ts';
import { createAccount, expectOver, resultsTable } from './screen.ts';
import { startServer } from './server.ts';

test('the walk is the same on Postgres and S3, and over a restart', async ({ page }) => {
  test.setTimeout(120_000);
  const pair = await startPair();
  const server = await startServer({ provision: null, env: { ...pair.env, BATCHDECK_SANDBOX: '1' } });
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
    await pair.stop();
  }
});
