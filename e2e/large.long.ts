import { createReadStream, writeFileSync } from 'node:fs';
import type { Download, Page } from 'playwright/test';
import type { Batch } from '#lib/model/batch';
import type { ErrorGroup } from '#lib/model/result-facets';
import { type Api, jsonl, lines } from './api.ts';
import { expect, test } from './fixtures.ts';
import { chooseBox, retryButton } from './retry-screen.ts';
import { createButton, openNewBatch, resultsTable } from './screen.ts';

const count = 100_000;
const worded = (n: number) => n.toLocaleString('en-US');
const rowsOf = (page: Page) => resultsTable(page).locator('[data-row]');

test('a hundred thousand requests are picked, sent, read to the end, ordered, narrowed, searched, counted and taken along', async ({
  page,
  api,
  signIn,
}) => {
  test.setTimeout(240_000);
  await signIn(page);
  const batch = await send(page, api);
  await page.goto('/batches');
  await page.getByRole('link', { name: batch.name }).click();
  await reachBothEnds(page);
  await order(page);
  await narrow(page, batch);
  await search(page);
  await retryDialogs(page, api, batch);
  await takeAlong(page);
});

async function send(page: Page, api: Api): Promise<Batch> {
  const file = test.info().outputPath('hundred-thousand.jsonl');
  writeFileSync(file, jsonl(lines(count, 'sandbox/flaky')));
  await openNewBatch(page, 'JSONL', 'A hundred thousand');
  await page.getByLabel('JSONL file').setInputFiles(file);
  await expect(page.getByText('100,000 requests, every line is right.')).toBeVisible({ timeout: 60_000 });
  await page.getByLabel('Name', { exact: true }).fill('A hundred thousand');
  await createButton(page).click();
  await expect(page).toHaveURL(/\/batches\/bat_/, { timeout: 60_000 });
  const id = /bat_[\w-]+/.exec(page.url())?.[0] ?? '';
  const batch = await api.over(id, 180_000);
  expect(batch.counts.total).toBe(count);
  return batch;
}

async function reachBothEnds(page: Page): Promise<void> {
  const rows = rowsOf(page);
  await expect(rows.first()).toHaveText('row-1');
  await rows.first().focus();
  await page.keyboard.press('End');
  await expect(rows.last()).toHaveText('row-100000');
  await expect(rows.last()).toBeFocused();
  expect(await rows.count()).toBeLessThanOrEqual(80);
  await page.keyboard.press('Home');
  await expect(rows.first()).toBeFocused();
  await expect(rows.first()).toHaveText('row-1');
  const box = resultsTable(page).locator('xpath=..');
  await box.evaluate((element) => {
    element.scrollTop = element.scrollHeight / 2;
  });
  await expect(rows.filter({ hasText: /^row-50000$/ })).toBeVisible();
}

async function order(page: Page): Promise<void> {
  const head = resultsTable(page).getByRole('columnheader', { name: 'custom_id' });
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await expect(rowsOf(page).nth(1)).toHaveText('row-10');
  await head.getByRole('button').click();
  await expect(rowsOf(page).first()).toHaveText('row-99999');
}

async function narrow(page: Page, { counts }: Batch): Promise<void> {
  await page.getByRole('button', { name: `failed ${worded(counts.failed)}` }).click();
  await expect(page.getByText(`${counts.failed} failed results`)).toBeAttached();
  await expect(resultsTable(page)).toHaveAttribute('aria-rowcount', String(counts.failed + 1));
  await expect(resultsTable(page).getByRole('row').nth(1)).toContainText('failed');
  await page.getByRole('button', { name: `All ${worded(count)}` }).click();
}

async function search(page: Page): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search results' }).fill('question 77777');
  await expect(rowsOf(page)).toHaveText(['row-77777']);
  await expect(resultsTable(page).locator('mark').first()).toHaveText('Question 77777');
  await rowsOf(page).first().click();
  await expect(page.getByRole('heading', { name: 'row-77777' })).toBeVisible();
  await page.goBack();
  await expect(rowsOf(page)).toHaveText(['row-77777']);
  await page.getByRole('button', { name: 'Clear the search' }).click();
}

/** Each says exactly how many it would send; none is sent. */
async function retryDialogs(page: Page, api: Api, { id, counts }: Batch): Promise<void> {
  const asks = async (many: number) => {
    const requests = `${worded(many)} ${many === 1 ? 'request' : 'requests'}`;
    await expect(page.getByRole('dialog', { name: `Retry ${requests}?` })).toBeVisible();
    await page.keyboard.press('Escape');
  };
  await retryButton(page).click();
  await page.getByRole('dialog').getByText('missing').click();
  await asks(counts.failed + counts.missing);

  await page.goto(`/batches/${id}`);
  const ids = ['row-1', 'row-2', 'row-3'];
  for (const one of ids) await chooseBox(page, one).click();
  await page.getByRole('button', { name: 'Retry chosen' }).click();
  await asks(3);

  await page.getByRole('tab', { name: 'Error groups' }).click();
  const { items } = await api.get<{ items: ErrorGroup[] }>(`/api/batches/${id}/groups`);
  const context = items.find(({ code }) => code === 'context_length_exceeded');
  await page
    .getByRole('region', { name: 'Error groups' })
    .getByRole('listitem')
    .filter({ hasText: 'maximum context length' })
    .getByRole('button', { name: `Retry ${worded(context?.count ?? 0)}:` })
    .click();
  expect(context?.count).toBeGreaterThan(1_000);
  await asks(context?.count ?? 0);
}

async function takeAlong(page: Page): Promise<void> {
  const download = async (name: RegExp) => {
    await page.getByRole('button', { name: 'Download', exact: true }).click();
    const coming = page.waitForEvent('download');
    await page.getByRole('menuitem', { name }).click();
    return linesIn(await coming);
  };
  expect(await download(/^merged\.jsonl/)).toBe(count);
  // A cell may hold line breaks.
  expect(await download(/^results\.csv\s*a row/)).toBeGreaterThan(count);
}

async function linesIn(download: Download): Promise<number> {
  let found = 0;
  for await (const piece of createReadStream(await download.path()))
    for (const byte of piece as Buffer) if (byte === 10) found += 1;
  return found;
}
