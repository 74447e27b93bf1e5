import type { Api, Line } from './api.ts';
import { expect, test } from './fixtures.ts';
import { resultsTable } from './screen.ts';

/** Half of them is answered with what it was asked. */
const asked = (n: number): Line => ({
  custom_id: `row-${n}`,
  params: {
    model: n % 2 === 0 ? 'sandbox/echo' : 'sandbox/instant',
    max_tokens: 400,
    messages: [{ role: 'user', content: n === 37 ? 'Where is the Needle 100%_?' : `Question ${n}` }],
  },
});

async function answered(api: Api, name: string): Promise<string> {
  const rows = Array.from({ length: 450 }, (_, n) => asked(n + 1));
  const { id } = await api.create(rows, name);
  await api.over(id);
  return id;
}

test('a search finds words in the whole batch, marks them and stands in the address', async ({
  page,
  api,
  signIn,
}) => {
  const id = await answered(api, 'Searched');
  await signIn(page);
  await page.goto(`/batches/${id}`);
  const rows = resultsTable(page).locator('[data-row]');
  const search = page.getByRole('searchbox', { name: 'Search results' });
  await expect(rows.first()).toHaveText('row-1');
  await rows.first().focus();
  await page.keyboard.press('End');
  await expect(rows.last()).toHaveText('row-450');
  await expect(rows.last()).toBeFocused();
  await page.keyboard.press('Home');
  await expect(rows.first()).toBeFocused();
  const box = resultsTable(page).locator('xpath=..');
  await box.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  await expect(rows.filter({ hasText: /^row-226$/ })).toBeVisible();
  await expect(search).toBeVisible();
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.type('needle 100%_');
  await expect(rows).toHaveText(['row-37']);
  await expect(resultsTable(page).locator('mark')).toHaveText('Needle 100%_');
  await expect(page).toHaveURL(/q=needle/);
  await rows.first().click();
  await expect(page.getByRole('heading', { name: 'row-37' })).toBeVisible();
  await expect(page).toHaveURL(/\/r\/37\?q=needle/);
  await expect(page).toHaveTitle('row-37 · Searched');
  await expect(page.getByRole('region', { name: 'user' })).toHaveText(/Where is the Needle 100%_\?/);
  await page.reload();
  await expect(page.getByRole('region', { name: 'user' })).toBeVisible();
  await page.goBack();
  await expect(rows).toHaveText(['row-37']);
  await rows.first().press('Enter');
  await expect(page.getByRole('heading', { name: 'row-37' })).toBeVisible();
  await page.goBack();
  await expect(rows.first()).toBeFocused();
  await search.fill('not in any of them');
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(rows.first()).toHaveText('row-1');
});

test('results are ordered, narrowed and shaped, and a reload keeps all of it', async ({
  page,
  api,
  signIn,
  axe,
}) => {
  const id = await answered(api, 'Shaped');
  await signIn(page);
  await page.goto(`/batches/${id}`);
  const rows = resultsTable(page).locator('[data-row]');
  const head = (name: string) => resultsTable(page).getByRole('columnheader', { name });
  await head('custom_id').getByRole('button').click();
  await head('custom_id').getByRole('button').press('Enter');
  await expect(rows.first()).toHaveText('row-99');
  await expect(head('custom_id')).toHaveAttribute('aria-sort', 'descending');

  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('dialog', { name: 'Filter results' }).getByText('sandbox/echo').click();
  await expect(rows.first()).toHaveText('row-98');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await page.getByRole('dialog', { name: 'Columns of the results' }).getByText('Tokens out').click();
  await page.keyboard.press('Escape');
  await expect(head('Tokens out')).toBeVisible();
  await axe(page);

  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.reload();
  await expect(rows.first()).toHaveText('row-98');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await axe(page);
  await page.screenshot({ path: 'e2e/.artifacts/results-360.png' });
});
