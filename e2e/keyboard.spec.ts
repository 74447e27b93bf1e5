import { expect, type Locator, type Page } from 'playwright/test';
import { test } from './fixtures.ts';
import { expectOver, reach, resultsTable } from './screen.ts';
import { person, startServer } from './server.ts';

test('the whole walk goes by keyboard alone', async ({ browser }) => {
  const server = await startServer({ provision: null });
  const page = await browser.newPage({ baseURL: server.url });
  try {
    await page.goto(server.setupLink ?? '');
    await type(page, page.getByLabel('Email'), person.email);
    await type(page, page.getByLabel('Password', { exact: true }), person.password);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Send the sample' })).toBeVisible();

    await page.goto('/batches');
    await reach(page, page.getByRole('link', { name: 'New batch' }).first());
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/batches\/new/);
    await reach(page, page.getByRole('tab', { selected: true }));
    for (let i = 0; i < 3 && !(await formTab(page)); i++) await page.keyboard.press('ArrowLeft');
    await type(page, page.getByLabel('Name', { exact: true }), 'By keyboard');
    await type(page, page.getByLabel('custom_id', { exact: true }).first(), 'key-1');
    await type(page, page.getByLabel('Model', { exact: true }).first(), 'sandbox/instant');
    await type(page, page.getByLabel('Message', { exact: true }).first(), 'Reached without a mouse');
    await reach(page, page.getByRole('button', { name: 'Create batch' }));
    await page.keyboard.press('Enter');
    await expectOver(page);

    await expect(resultsTable(page).getByText('key-1', { exact: true })).toBeVisible();
    await reach(page, resultsTable(page).getByRole('link', { name: 'key-1' }));
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/r\/1/);
    await expect(page.getByRole('region', { name: 'user' })).toHaveText(/Reached without a mouse/);
    await reach(page, page.getByRole('link', { name: 'By keyboard' }));
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/batches\/bat_[^/]+$/);

    await reach(page, page.getByRole('button', { name: 'Share', exact: true }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await reach(page, page.getByRole('button', { name: 'Create link' }));
    await page.keyboard.press('Enter');
    await expect(
      page
        .getByRole('dialog')
        .getByRole('button', { name: /Revoke/ })
        .first(),
    ).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByRole('button', { name: 'Share', exact: true })).toBeFocused();
  } finally {
    await page.context().close();
    await server.clear();
  }
});

async function formTab(page: Page): Promise<boolean> {
  return (await page.getByRole('tab', { name: 'Form' }).getAttribute('aria-selected')) === 'true';
}

async function type(page: Page, field: Locator, text: string): Promise<void> {
  await reach(page, field);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}
