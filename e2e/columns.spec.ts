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

const hostile = '<img src=x onerror="window.hit=1">,=1+1';

/** Answers `{score, label, …}`, the score turned against the order in which they are sent. */
function scored(count: number) {
  return lines(count, 'sandbox/json').map((line, n) => {
    const members = {
      score: count - n,
      label: n % 2 === 0 ? 'even' : 'odd',
      ['__proto__']: 'data',
      [hostile]: n,
    };
    const properties = Object.fromEntries(
      Object.entries(members).map(([name, value]) => [name, { const: value }]),
    );
    const json_schema = { name: 'scored', schema: { type: 'object', properties } };
    return { ...line, params: { ...line.params, response_format: { type: 'json_schema', json_schema } } };
  });
}

test('fields of the answers become columns, which are ordered, kept in sight and sized by keys alone', async ({
  page,
  api,
  signIn,
  axe,
}) => {
  const { id } = await api.create(scored(12), 'Scored');
  await api.over(id);
  await signIn(page);
  await page.goto(`/batches/${id}`);
  const table = page.getByRole('table', { name: 'Results' });
  const rows = table.locator('[data-row]');
  const heads = table.getByRole('columnheader');
  const head = (name: string) => table.getByRole('columnheader', { name, exact: true });

  await page.getByRole('button', { name: 'Columns', exact: true }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Columns of the results' });
  for (const name of ['score', '__proto__', hostile, 'label']) {
    await dialog.getByRole('checkbox', { name: new RegExp(`^${RegExp.escape(name)}\\s*12$`) }).press('Space');
    await expect(head(name)).toBeVisible();
  }
  const up = dialog.getByRole('button', { name: 'Move score up' });
  await up.press('Enter');
  await up.press('Enter');
  await expect(up).toBeFocused();
  await dialog.getByRole('button', { name: 'Keep score in sight' }).press('Enter');
  await axe(page);
  await page.screenshot({ path: 'e2e/.artifacts/columns-dialog.png' });
  await page.keyboard.press('Escape');
  await expect(heads.nth(3)).toHaveText('score');

  const edge = table.getByRole('separator', { name: 'Width of score' });
  const widthOf = async () => (await head('score').boundingBox())?.width ?? 0;
  const before = await widthOf();
  await edge.press('ArrowRight');
  await expect.poll(widthOf).toBe(before + 16);
  await expect(edge).toHaveAttribute('aria-valuenow', String(before + 16));

  await head('score').getByRole('button').press('Enter');
  await expect(rows.first()).toHaveText('row-12');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const filter = page.getByRole('dialog', { name: 'Filter results' });
  await filter.getByLabel('Field', { exact: true }).selectOption({ label: 'label' });
  await filter.getByLabel('Value', { exact: true }).fill('even');
  await filter.getByRole('button', { name: 'Narrow' }).click();
  await expect(rows.first()).toHaveText('row-11');
  await filter.getByLabel('Field', { exact: true }).selectOption({ label: 'score' });
  await filter.getByLabel('Test', { exact: true }).selectOption({ label: 'is at most' });
  await filter.getByLabel('Value', { exact: true }).fill('6');
  await filter.getByRole('button', { name: 'Narrow' }).click();
  await page.screenshot({ path: 'e2e/.artifacts/columns-filter.png' });
  await page.keyboard.press('Escape');
  await expect(rows).toHaveText(['row-11', 'row-9', 'row-7']);
  await page.reload();
  await expect(rows).toHaveText(['row-11', 'row-9', 'row-7']);
  await expect(heads.nth(3)).toHaveText('score');
  await expect.poll(widthOf).toBe(before + 16);

  await rows.first().press('Enter');
  await expect(page.getByText('among those where label is even and score is at most 6')).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { name: 'row-9' })).toBeVisible();
  await expect(page.getByText('The answer keeps to its JSON schema.')).toBeVisible();
  await page.screenshot({ path: 'e2e/.artifacts/columns-result.png' });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Request as curl' }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain('curl --fail-with-body');
  await page.getByRole('link', { name: '← Scored' }).click();
  await expect(heads.nth(3)).toHaveText('score');
  await page.getByRole('button', { name: /^label is even/ }).click();
  await expect(rows).toHaveCount(6);

  const leftAt = async (left: number) => {
    await table.evaluate((element, to) => element.parentElement?.scrollTo({ left: to }), left);
    return (await rows.first().boundingBox())?.x;
  };
  expect(await leftAt(200)).toBe(await leftAt(100));
  await page.screenshot({ path: 'e2e/.artifacts/columns-scrolled.png' });
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const width of [768, 360]) {
    await page.setViewportSize({ width, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.screenshot({ path: `e2e/.artifacts/columns-${width}.png` });
  }
  await axe(page);
  expect(await page.evaluate(() => 'hit' in window)).toBe(false);
});
