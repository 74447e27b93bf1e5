import type { Reconciliation } from '#lib/model/reconciliation';
import { lines } from './api.ts';
import { expect, test } from './fixtures.ts';
import { chooseBox, finished, resultRow, retryButton } from './retry-screen.ts';

test('while lines are sent again what was answered before can be read', async ({ page, api, signIn }) => {
  const id = await finished(api, 'Read meanwhile');
  await signIn(page);
  await page.goto(`/batches/${id}`);
  await retryButton(page).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Change model or parameters first').click();
  await dialog.getByLabel('Model').fill('sandbox/slow');
  await dialog.getByRole('button', { name: 'Retry 2 requests' }).click();
  await expect(page.getByText('Some requests are sent again.')).toBeVisible();
  await expect(resultRow(page, 'row-10')).toContainText('failed');
  await page.getByRole('button', { name: /^missing/ }).click();
  await expect(resultRow(page, 'row-18')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel batch' })).toBeVisible();
});

test('errors are grouped, and a group is shown, exported and sent again by keyboard', async ({
  page,
  api,
  signIn,
  axe,
}) => {
  const id = await finished(api, 'Grouped');
  await signIn(page);
  await page.goto(`/batches/${id}?tab=error-groups`);
  const groups = page.getByRole('region', { name: 'Error groups' });
  const context = groups.getByRole('listitem').filter({ hasText: 'maximum context length' });
  await expect(context).toContainText('context_length_exceeded');
  await expect(context).toContainText('400');
  await expect(context).toContainText('The prompt is longer than the model takes.');
  await expect(context).toContainText('For example row-10');
  await axe(page);
  await context.getByRole('button', { name: /^Show these/ }).press('Enter');
  await expect(page).toHaveURL(/group=/);
  await expect(page.getByRole('table', { name: 'Results' }).getByRole('row')).toHaveCount(2);
  await page.getByRole('button', { name: 'Download these' }).press('Enter');
  const coming = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /^errors.jsonl/ }).press('Enter');
  const download = await coming;
  expect(download.suggestedFilename()).toBe('Grouped partial errors.jsonl');
  await page.getByRole('button', { name: /one error group/ }).click();
  await expect(page).not.toHaveURL(/group=/);

  await page.getByRole('tab', { name: 'Error groups' }).click();
  await context.getByRole('button', { name: /^Retry 1:/ }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Retry 1 request?' });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(context.getByRole('button', { name: /^Retry 1:/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 sent again as attempt 2')).toBeVisible();
  const { attempts } = await api.over(id);
  expect(attempts[1]?.counts.total).toBe(1);
});

test('rows are chosen by hand and sent again', async ({ page, api, signIn, axe }) => {
  const id = await finished(api, 'Chosen', lines(5));
  await signIn(page);
  await page.goto(`/batches/${id}`);
  await chooseBox(page, 'row-2').click();
  await chooseBox(page, 'row-4').click();
  const bar = page.getByRole('toolbar', { name: 'Chosen results' });
  await expect(bar).toContainText('2 chosen');
  await axe(page);
  await bar.getByRole('button', { name: 'Retry chosen' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retry 2 requests' }).click();
  await expect(resultRow(page, 'row-4')).toContainText('attempt 2', { timeout: 30_000 });
  await expect(resultRow(page, 'row-3')).not.toContainText('attempt 2');
});

test('what does not match is named, opened, exported and sent again', async ({ page, api, signIn, axe }) => {
  await api.send('POST', '/api/connections', {
    name: 'Messy',
    preset: 'sandbox',
    headers: { 'x-sandbox-faults': JSON.stringify([{ on: 'results', duplicate: 5 }]) },
  });
  const { id } = await api.create(lines(21, 'sandbox/flaky'), 'Reconciled', 'Messy');
  await api.over(id);
  const { mismatches } = await api.get<Reconciliation>(`/api/batches/${id}/reconciliation`);
  expect(mismatches).toMatchObject({ missing: 1, duplicate: 4 });
  await signIn(page);
  await page.goto(`/batches/${id}?tab=reconciliation`);
  const region = page.getByRole('region', { name: 'Reconciliation' });
  await region.getByRole('button', { name: /^duplicate/ }).press('Enter');
  const duplicates = region.getByRole('list', { name: 'duplicate' }).getByRole('listitem');
  await expect(duplicates).toHaveCount(4);
  await expect(duplicates.first()).toContainText('custom_id');
  const coming = page.waitForEvent('download');
  await region.getByRole('link', { name: 'Download these lines' }).click();
  expect((await coming).suggestedFilename()).toBe('Reconciled duplicate.jsonl');
  await axe(page);
  await region.getByRole('button', { name: /^missing/ }).click();
  await expect(region.getByRole('list', { name: 'missing' }).getByRole('listitem')).toHaveCount(1);
  await region.getByRole('button', { name: 'Retry missing' }).click();
  const dialog = page.getByRole('dialog', { name: 'Retry 1 request?' });
  await dialog.getByText('Change model or parameters first').click();
  await dialog.getByLabel('Model').fill('sandbox/instant');
  await dialog.getByRole('button', { name: 'Retry 1 request' }).click();
  await expect(page.getByText('1 sent again as attempt 2')).toBeVisible();
  expect((await api.over(id)).attempts[1]?.counts.total).toBe(1);
});
