import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { field, fillRequest, openNewBatch, requestRow } from './screen.ts';

const saveOf = (page: Page) =>
  page.waitForRequest((request) => request.method() !== 'GET' && request.url().includes('/api/drafts'));
const asked = (page: Page) => page.getByText(/saved this draft/);
const saved = (page: Page) =>
  expect(page.getByRole('complementary', { name: 'Summary' })).toContainText('Draft saved');

/** So slow that a save is under way for as long as somebody needs to type on and leave. */
async function slowDown(page: Page): Promise<void> {
  const network = await page.context().newCDPSession(page);
  const slow = { offline: false, latency: 1_000, downloadThroughput: -1, uploadThroughput: -1 };
  await network.send('Network.emulateNetworkConditions', slow);
}

for (const save of ['first', 'later']) {
  test(`a reload while the ${save} save is under way loses no key`, async ({ page, signIn }) => {
    await signIn(page);
    await openNewBatch(page, 'Form', 'Left in a hurry');
    if (save === 'later') {
      await field(page, 'Message').fill('Kept before');
      await saved(page);
    }
    await slowDown(page);
    const begun = saveOf(page);
    await field(page, 'Message').fill('Typed');
    await begun;
    await field(page, 'Message').press('End');
    await page.keyboard.type(' until the page went away');
    await page.reload();
    await expect(field(page, 'Message')).toHaveValue('Typed until the page went away');
    await expect(asked(page)).toBeHidden();
    await page.keyboard.press('Tab');
    await field(page, 'Message').fill('And on it goes');
    await saved(page);
    await expect(asked(page)).toBeHidden();
  });
}

test('who goes elsewhere and back finds what was typed last', async ({ page, signIn }) => {
  await signIn(page);
  await openNewBatch(page, 'Form', 'There and back');
  for (const text of ['Typed and left', 'Typed, left and come back']) {
    await field(page, 'Message').fill(text);
    await page.getByRole('link', { name: 'Files', exact: true }).click();
    await expect(page).toHaveURL(/\/files/);
    await page.goBack();
    await expect(field(page, 'Message')).toHaveValue(text);
    await expect(page).toHaveURL(/draft=dra_/);
  }
  await page.goForward();
  await expect(page).toHaveURL(/\/files/);
  await page.goBack();
  await expect(field(page, 'Message')).toHaveValue('Typed, left and come back');
  await expect(asked(page)).toBeHidden();
});

test('a form too large for a last save asks before it is left', async ({ page, signIn }) => {
  await signIn(page);
  await openNewBatch(page, 'Form', 'Large');
  await field(page, 'Message').fill('語'.repeat(30_000));
  await saved(page);
  await slowDown(page);
  await field(page, 'custom_id').fill('unsaved');
  const question = page.waitForEvent('dialog');
  const leaving = page.evaluate(() => location.assign('/files')).catch(() => {});
  const dialog = await question;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await leaving;
  await saved(page);
  await expect(field(page, 'custom_id')).toHaveValue('unsaved');
  page.on('dialog', (one) => one.accept());
  await page.reload();
  await expect(field(page, 'custom_id')).toHaveValue('unsaved');
});

test('a break in the line, and an answer that gets lost, end in a saved draft', async ({ page, signIn }) => {
  await signIn(page);
  await openNewBatch(page, 'Form', 'Cut off');
  await fillRequest(page, 0, 'cut-1', 'Before');
  await saved(page);
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await field(page, 'Message').fill('Meanwhile');
  await expect(page.getByText('The draft could not be saved.')).toBeVisible();
  await page.getByRole('button', { name: 'Tools', exact: true }).click();
  await page.getByRole('button', { name: 'Add tool' }).click();
  await page.getByRole('tab', { name: 'JSONL' }).click();
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await page.getByRole('tab', { name: 'Form' }).click();
  await page.context().setOffline(false);
  const lost = Promise.withResolvers<void>();
  await page.route('**/api/drafts/**', async (route) => {
    if (route.request().method() === 'GET') return route.continue();
    await route.fetch();
    await route.abort();
    lost.resolve();
  });
  await field(page, 'Message').fill('Heard, and the answer lost');
  await expect(page.getByText('The draft could not be saved.')).toBeVisible();
  await lost.promise;
  await page.unroute('**/api/drafts/**');
  await saved(page);
  await field(page, 'Message').fill('After');
  await saved(page);
  await expect(asked(page)).toBeHidden();
  await page.reload();
  await expect(field(page, 'Message')).toHaveValue('After');
});

test('of two tabs on one draft, one follows the other until both have typed', async ({ page, signIn }) => {
  await signIn(page);
  await openNewBatch(page, 'Form', 'In two tabs');
  await field(page, 'Message').fill('From the first tab');
  await saved(page);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(field(other, 'Message')).toHaveValue('From the first tab');
  await field(other, 'Message').fill('From the second tab');
  await saved(other);
  await page.bringToFront();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(field(page, 'Message')).toHaveValue('From the second tab');

  await field(page, 'Message').fill('First again');
  await saved(page);
  await field(other, 'Message').fill('Second, unaware');
  await expect(other.getByText(/You saved this draft .*in another tab/)).toBeVisible();
  await other.getByRole('button', { name: 'Overwrite theirs' }).click();
  await saved(other);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(field(page, 'Message')).toHaveValue('Second, unaware');
});

test('half-typed JSON waits where it was typed, and is asked about before it is lost', async ({
  page,
  signIn,
}) => {
  await signIn(page);
  await openNewBatch(page, 'Form', 'Half typed');
  await page.getByRole('button', { name: 'Add request' }).click();
  const json = page.getByRole('textbox', { name: /^JSON of/ });
  await json.fill('{"custom_id": "half');
  await expect(page.getByRole('region', { name: 'JSON' })).toContainText('Line 1, column');
  await requestRow(page, 0).click();
  await expect(json).toHaveValue(/row-1/);
  await requestRow(page, 1).click();
  await expect(json).toHaveValue('{"custom_id": "half');
  const question = page.waitForEvent('dialog');
  const leaving = page.evaluate(() => location.assign('/files')).catch(() => {});
  await (await question).dismiss();
  await leaving;
  await json.fill('{"custom_id": "whole", "params": {}}');
  await expect(field(page, 'custom_id')).toHaveValue('whole');
});

test('a file that was mended here is asked about before it is lost', async ({ page, signIn }) => {
  await signIn(page);
  await openNewBatch(page, 'JSONL', 'Mended and left');
  await page.getByLabel('JSONL file').setInputFiles([
    {
      name: 'rows.jsonl',
      mimeType: '',
      buffer: Buffer.from('\ufeff{"custom_id":"a","params":{"model":"m"}}\n'),
    },
  ]);
  await page.getByRole('button', { name: 'Strip the byte order mark' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('repaired here')).toBeVisible();
  const question = page.waitForEvent('dialog');
  const leaving = page.evaluate(() => location.assign('/files')).catch(() => {});
  expect((await question).type()).toBe('beforeunload');
  await (await question).dismiss();
  await leaving;
  await expect(page.getByText('repaired here')).toBeVisible();
});
