import type { Page } from 'playwright/test';
import { apiOf, lines } from './api.ts';
import { startFakeProvider } from './fake-provider.ts';
import { expect, newSession, test } from './fixtures.ts';
import { resultsTable } from './screen.ts';
import { provisioned, type Server, startServer } from './server.ts';

let provider: Awaited<ReturnType<typeof startFakeProvider>>;
let server: Server;
let batch: { id: string; connectionId: string };

test.beforeAll(async () => {
  provider = await startFakeProvider();
  const gateway = { name: 'Gateway', preset: 'inline-compatible', apiKey: 'sk-1', discount: 0.5 };
  server = await startServer({
    provision: { ...provisioned, connections: [{ ...gateway, baseUrl: provider.baseUrl }] },
    env: { BATCHDECK_ALLOW_PRIVATE: `127.0.0.1/32:${provider.port}` },
  });
  provider.finish();
  const api = apiOf(server);
  const { id } = await api.create(lines(3, 'openai/gpt-4o-mini-batch'), 'Priced', 'Gateway');
  const { cost, connection } = await api.over(id);
  expect(cost).toMatchObject({ amount: '0.000675', source: 'estimate' });
  batch = { id, connectionId: connection.id };
});
test.afterAll(async () => {
  provider.close();
  await server.clear();
});

async function open(page: Page, path: string): Promise<void> {
  await page.goto(server.at('localhost') + path);
}

async function signIn(page: Page): Promise<void> {
  const { name, value } = await newSession(server);
  const url = server.at('localhost').replace('http:', 'https:');
  await page.context().addCookies([{ name, value, url, secure: true }]);
}

async function fitsAPhone(page: Page): Promise<void> {
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
}

test('what a batch cost is told on it, by model and on each result', async ({ page, axe }) => {
  await signIn(page);
  await open(page, `/batches/${batch.id}`);
  await expect(page.getByText('$0.00068 by list prices, $0.00068 saved against real-time')).toBeVisible();
  await expect(resultsTable(page).getByText('$0.00023')).toHaveCount(3);
  await page.getByRole('tab', { name: 'Details' }).click();
  const costs = page.getByRole('region', { name: 'Cost by model' });
  await expect(costs.getByRole('row').nth(1)).toContainText('gpt-4o-mini (OpenAI)');
  await axe(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await fitsAPhone(page);
  await axe(page);
  await open(page, `/batches/${batch.id}/r/1`);
  await expect(page.getByText('Cost by list price')).toBeVisible();
});

test('what a month cost opens above the list, by connection', async ({ page, axe }) => {
  await signIn(page);
  await open(page, '/batches');
  await page.getByText('$0.00068 saved against real-time').focus();
  await page.keyboard.press('Enter');
  const months = page.getByRole('table', { name: 'Spending by month and connection' });
  await expect(months).toContainText('Gateway');
  await axe(page);
  await fitsAPhone(page);
});

test('a connection tells how long its batches took', async ({ page, axe }) => {
  await signIn(page);
  await open(page, `/connections/${batch.connectionId}`);
  const record = page.getByRole('table', { name: 'How long it takes here' });
  await expect(record.getByRole('row').last()).toContainText('openai/gpt-4o-mini-batch × 1');
  await axe(page);
  await fitsAPhone(page);
  await page.screenshot({ path: 'e2e/.artifacts/record-360.png', fullPage: true });
});
