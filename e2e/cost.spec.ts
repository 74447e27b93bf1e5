import { apiOf, lines } from './api.ts';
import { startFakeProvider } from './fake-provider.ts';
import { expect, newSession, test } from './fixtures.ts';
import { resultsTable } from './screen.ts';
import { provisioned, startServer } from './server.ts';

test('what a batch cost is told on it, by model, on each result and for the month', async ({ page, axe }) => {
  const provider = await startFakeProvider();
  const gateway = {
    name: 'Gateway',
    preset: 'inline-compatible',
    baseUrl: provider.baseUrl,
    apiKey: 'sk-1',
    discount: 0.5,
  };
  const server = await startServer({
    provision: { ...provisioned, connections: [gateway] },
    env: { BATCHDECK_ALLOW_PRIVATE: `127.0.0.1/32:${provider.port}` },
  });
  const api = apiOf(server);
  try {
    provider.finish();
    const { id } = await api.create(lines(3, 'openai/gpt-4o-mini-batch'), 'Priced', 'Gateway');
    expect((await api.over(id)).cost).toMatchObject({ amount: '0.000675', source: 'estimate' });
    const { name, value } = await newSession(server);
    await page
      .context()
      .addCookies([{ name, value, url: server.at('localhost').replace('http:', 'https:'), secure: true }]);

    await page.goto(`${server.at('localhost')}/batches/${id}`);
    await expect(page.getByText('$0.00068 by list prices, $0.00068 saved against real-time')).toBeVisible();
    await expect(resultsTable(page).getByText('$0.00023')).toHaveCount(3);
    await page.getByRole('tab', { name: 'Details' }).click();
    const costs = page.getByRole('region', { name: 'Cost by model' });
    await expect(costs.getByRole('row').nth(1)).toContainText('gpt-4o-mini (OpenAI)');
    await axe(page);
    await page.screenshot({ path: 'e2e/.artifacts/cost.png' });
    await page.goto(`${server.at('localhost')}/batches/${id}/r/1`);
    await expect(page.getByText('Cost by list price')).toBeVisible();

    await page.goto(`${server.at('localhost')}/batches`);
    const month = page.getByText('$0.00068 saved against real-time');
    await month.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('table', { name: 'Spending by month and connection' })).toContainText(
      'Gateway',
    );
    await axe(page);
    await page.screenshot({ path: 'e2e/.artifacts/spending.png' });
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.screenshot({ path: 'e2e/.artifacts/spending-360.png' });
    await page.goto(`${server.at('localhost')}/batches/${id}?tab=details`);
    await expect(costs).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.emulateMedia({ colorScheme: 'dark' });
    await axe(page);
    await page.screenshot({ path: 'e2e/.artifacts/cost-360.png', fullPage: true });
    const { connection } = await api.batch(id);
    await page.goto(`${server.at('localhost')}/connections/${connection.id}`);
    const record = page.getByRole('table', { name: 'How long it takes here' });
    await expect(record.getByRole('row').last()).toContainText('openai/gpt-4o-mini-batch × 1');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await axe(page);
    await page.screenshot({ path: 'e2e/.artifacts/record-360.png', fullPage: true });
  } finally {
    provider.close();
    await server.clear();
  }
});
