import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import type { Api, Line } from './api.ts';
import { expect, test } from './fixtures.ts';

const hostile = `<img src=x onerror="window.ran=1"> \u202E=1+1`;

/** Answered at once with what it says. */
function asked(custom_id: string, content: string): Line {
  const params = { model: 'sandbox/instant', max_tokens: 400, messages: [{ role: 'user', content }] };
  return { custom_id, params };
}

async function twoSides(api: Api): Promise<{ first: string; second: string }> {
  const ids = Array.from({ length: 36 }, (_, n) => `row-${n + 1}`);
  const lines = (says: (n: number) => Line) => ids.map((_, n) => says(n + 1));
  const before = lines((n) => asked(`row-${n}`, `It was a good film, number ${n}.`));
  const after = lines((n) => {
    if (n === 8) return asked('row-8', `It was a rather long film, ${hostile}.`);
    return asked(`row-${n}`, `It was a ${n === 12 ? 'bad' : 'good'} film, number ${n}.`);
  });
  const first = await api.create([...before, asked('only-before', 'Here.')], 'Reviews · short prompt');
  const second = await api.create(after, 'Reviews · long prompt');
  await Promise.all([api.over(first.id), api.over(second.id)]);
  return { first: first.id, second: second.id };
}

const pairs = (page: Page) => page.getByRole('table', { name: 'Pairs' }).locator('[data-row]');
const show = (page: Page, word: string) => page.getByRole('button', { name: new RegExp(`^${word} `) });

test('two batches are held against each other, by keyboard, in both themes and on a phone', async ({
  page,
  api,
  signIn,
  axe,
}) => {
  const { first, second } = await twoSides(api);
  await signIn(page);
  await page.goto(`/batches/${first}`);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Compare with…' }).click();
  const other = page.getByRole('list', { name: 'Batches to compare with' }).getByRole('link').first();
  await expect(other).toContainText('Reviews · long prompt');
  await expect(other).toContainText('97 % of its custom_ids');
  await axe(page);
  await other.click();

  await expect(page.getByRole('region', { name: 'A', exact: true })).toContainText('short prompt');
  await expect(page.getByRole('region', { name: 'B', exact: true })).toContainText('long prompt');
  await expect(page.getByRole('table', { name: 'Pairs' })).toHaveAttribute('aria-rowcount', '38');
  const totals = page.getByRole('table', { name: 'Totals' });
  await expect(totals.getByRole('row', { name: /^Succeeded/ })).toHaveText('Succeeded36360');
  await expect(show(page, 'the same')).toHaveAccessibleName('the same 34');
  await show(page, 'only in A').click();
  await expect(pairs(page)).toHaveText(['only-before']);
  await show(page, 'changed').click();
  await expect(pairs(page)).toHaveText(['row-8', 'row-12']);

  await page.keyboard.press('j');
  await expect(pairs(page).first()).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'row-8' });
  await expect(dialog.getByRole('insertion').first()).toContainText('rather long');
  await expect(dialog).toContainText('<img src=x onerror="window.ran=1">');
  await page.keyboard.press('j');
  await expect(page.getByRole('dialog', { name: 'row-12' }).getByRole('deletion')).toHaveText(
    'only in A: good',
  );
  await expect(page).toHaveURL(/show=changed.*pair=12/);
  await page.keyboard.press('Escape');
  await expect(pairs(page).first()).toBeFocused();
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: 'Download' })
      .click()
      .then(() => page.getByRole('menuitem', { name: 'pairs.csv' }).click()),
  ]);
  expect(readFileSync(await file.path(), 'utf8').split('\r\n').length).toBe(4);

  const look = async (pair: string, width: number, themes: ('light' | 'dark')[]) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`/batches/${first}/compare?with=${second}${pair}`);
    await expect(pairs(page).first()).toBeAttached();
    if (pair !== '') await expect(page.getByRole('dialog').getByRole('insertion').first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await axe(page);
      await page.screenshot({ path: `e2e/.artifacts/compare-${width}-${colorScheme}${pair}.png` });
    }
  };
  await look('', 1440, ['light', 'dark']);
  await look('&pair=8', 1440, ['light', 'dark']);
  await look('', 360, ['dark']);
  await look('&pair=8', 360, ['dark']);
});

test('what is not there, or has nothing in common, says so and offers another', async ({
  page,
  api,
  signIn,
}) => {
  const made = await Promise.all(['one', 'two'].map((id) => api.create([asked(id, 'Here.')], `Only ${id}`)));
  const [one = '', two = ''] = made.map(({ id }) => id);
  await Promise.all([api.over(one), api.over(two)]);
  await signIn(page);
  await page.goto('/batches');
  for (const id of ['Only one', 'Only two'])
    await page
      .locator('label')
      .filter({ hasText: `Select ${id}` })
      .click();
  await page.getByRole('link', { name: 'Compare' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing in common' })).toBeVisible();
  await page.goto(`/batches/${one}/compare?with=bat_gone`);
  await expect(page.getByText('The batch to compare with was not found.')).toBeVisible();
  await page.getByRole('link', { name: 'Choose another' }).first().click();
  await expect(page.getByRole('searchbox', { name: 'Search batches' })).toBeVisible();
});
