import { readFileSync } from 'node:fs';
import { lines } from './api.ts';
import { expect, test } from './fixtures.ts';

test('places of the JSON are chosen as columns of the CSV', async ({ page, api, signIn, axe }) => {
  const { id } = await api.create(lines(3, 'sandbox/json'), 'Labels');
  await api.over(id);
  await signIn(page);
  await page.goto(`/batches/${id}`);
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  await page.getByRole('menuitem', { name: /^results.csv, with columns…/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Columns of the CSV' });
  await dialog.getByText('answer.custom_id', { exact: true }).click();
  await dialog.getByText('request.params.max_tokens', { exact: true }).click();
  await dialog.getByText('request.custom_id', { exact: true }).click();
  await dialog.getByText('request.custom_id', { exact: true }).click();
  await axe(page);
  const coming = page.waitForEvent('download');
  await dialog.getByRole('link', { name: 'Download CSV' }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe('Labels results.csv');
  const rows = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  expect(rows[0]).toMatch(/,"answer\.custom_id","request\.params\.max_tokens"$/);
  expect(rows.slice(1).map((row) => row.split(',').slice(-2).join())).toEqual([
    '"row-1","64"',
    '"row-2","64"',
    '"row-3","64"',
  ]);
});
