import type { Line } from './api.ts';
import { expect, test } from './fixtures.ts';
import { resultsTable } from './screen.ts';

/** The echo model answers with what it was asked, so each answer is known. */
const asked = (n: number): Line => ({
  custom_id: `row-${n}`,
  params: {
    model: n % 2 === 0 ? 'sandbox/echo' : 'sandbox/instant',
    max_tokens: 400,
    messages: [{ role: 'user', content: n === 137 ? 'Where is the Needle 100%_?' : `Question ${n}` }],
  },
});

test('results are searched, ordered, narrowed and shaped, and the address says all of it', async ({
  page,
  api,
  signIn,
  axe,
}) => {
  const { id } = await api.create(
    Array.from({ length: 240 }, (_, n) => asked(n + 1)),
    'Searched',
  );
  await api.over(id);
  await signIn(page);
  await page.goto(`/batches/${id}`);
  const rows = resultsTable(page).locator('[data-row]');
  await expect(rows.first()).toHaveText('row-1');

  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search results' })).toBeFocused();
  await page.keyboard.type('needle 100%_');
  await expect(rows).toHaveText(['row-137']);
  await expect(resultsTable(page).locator('mark')).toHaveText('Needle 100%_');
  await expect(page).toHaveURL(/q=needle/);
  await rows.first().click();
  await expect(page.getByRole('heading', { name: 'row-137' })).toBeVisible();
  await page.goBack();
  await expect(rows).toHaveText(['row-137']);
  await page.getByRole('searchbox', { name: 'Search results' }).fill('not in any of them');
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(rows.first()).toHaveText('row-1');

  const heads = resultsTable(page).getByRole('columnheader');
  await heads.getByRole('button', { name: 'custom_id' }).click();
  await heads.getByRole('button', { name: 'custom_id' }).press('Enter');
  await expect(rows.first()).toHaveText('row-99');
  await expect(resultsTable(page).getByRole('columnheader', { name: 'custom_id' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );

  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('dialog', { name: 'Filter results' }).getByText('sandbox/echo').click();
  await expect(rows.first()).toHaveText('row-98');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await page.getByRole('dialog', { name: 'Columns of the results' }).getByText('Tokens out').click();
  await page.keyboard.press('Escape');
  await expect(heads.getByRole('button', { name: 'Tokens out' })).toBeVisible();
  await axe(page);
  await page.screenshot({ path: 'e2e/.artifacts/results-shaped.png' });

  await page.reload();
  await expect(rows.first()).toHaveText('row-98');
  await expect(heads.getByRole('button', { name: 'Tokens out' })).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await axe(page);
  await page.screenshot({ path: 'e2e/.artifacts/results-360.png' });
});
