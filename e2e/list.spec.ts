import type { Page } from 'playwright/test';
import { type Api, lines } from './api.ts';
import { expect, test } from './fixtures.ts';

const rows = (page: Page) => page.getByRole('list', { name: 'Batches', exact: true }).getByRole('listitem');
const row = (page: Page, name: string) => rows(page).filter({ hasText: name });

/** The box as it is seen: its input is one point wide. */
async function select(page: Page, name: string): Promise<void> {
  await page
    .locator('label')
    .filter({ hasText: new RegExp(`^Select ${name}$`) })
    .click();
  await expect(page.getByLabel(`Select ${name}`)).toBeChecked();
}

async function some(api: Api, prefix: string): Promise<void> {
  for (const [name, model] of [
    ['good', 'sandbox/instant'],
    ['mixed', 'sandbox/flaky'],
    ['slow', 'sandbox/slow'],
  ]) {
    await api.create(lines(4, model), `${prefix} ${name}`);
  }
}

test('the list is narrowed, ordered and shared by its address', async ({ page, api, signIn }) => {
  await some(api, 'Address');
  await signIn(page);
  await page.goto('/batches?q=Address');
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first()).toContainText('Address slow');
  await page.getByRole('button', { name: 'Order and density' }).click();
  await page.getByRole('menuitemradio', { name: 'By name' }).click();
  await expect(rows(page).first()).toContainText('Address good');
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('dialog', { name: 'Filter batches' }).getByText('completed').click();
  await page.keyboard.press('Escape');
  await expect(row(page, 'Address slow')).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Remove State completed' })).toBeVisible();
  await expect(row(page, 'Address slow')).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove State completed' }).click();
  await expect(row(page, 'Address slow')).toHaveCount(1);
});

test('many batches are tagged, cancelled and deleted at once, by the count that was named', async ({
  page,
  api,
  signIn,
}) => {
  await some(api, 'Bulk');
  await signIn(page);
  await page.goto('/batches?q=Bulk');
  await expect(rows(page)).toHaveCount(3);
  await select(page, 'Bulk good');
  await select(page, 'Bulk slow');
  const bar = page.getByRole('region', { name: 'Selection' });
  await expect(bar).toContainText('2 selected');
  await bar.getByRole('button', { name: 'Tag' }).click();
  await page.getByRole('textbox', { name: 'Add' }).fill('nightly, reviews');
  await page.getByRole('button', { name: 'Save tags' }).click();
  await expect(row(page, 'Bulk good').getByText('nightly')).toBeVisible();
  await expect(bar).toBeHidden();
  await select(page, 'Bulk slow');
  await bar.getByRole('button', { name: 'Select all 3' }).click();
  await bar.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Cancel 3 batches' }).click();
  await expect(row(page, 'Bulk slow')).toContainText('cancelled');
  await select(page, 'Bulk slow');
  await bar.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete 1 batch' }).click();
  await expect(row(page, 'Bulk slow')).toHaveCount(0);
});

test('what arrives while somebody points at the list waits behind a button', async ({
  page,
  api,
  signIn,
}) => {
  await some(api, 'Steady');
  await signIn(page);
  await page.goto('/batches?q=Steady');
  await row(page, 'Steady slow').hover();
  await api.create(lines(1), 'Steady newcomer');
  const show = page.getByRole('button', { name: 'Show 1 new' });
  await expect(show).toBeVisible();
  await expect(row(page, 'Steady newcomer')).toHaveCount(0);
  await show.click();
  await expect(row(page, 'Steady newcomer')).toBeVisible();
});

test('the palette finds a batch and a place without a mouse', async ({ page, api, signIn }) => {
  await some(api, 'Palette');
  await signIn(page);
  await page.goto('/settings');
  const search = page.getByRole('combobox', { name: 'Search batches and commands' });
  // A key pressed before the page listens is lost.
  await expect(async () => {
    if (!(await search.isVisible())) await page.keyboard.press('Control+k');
    await expect(search).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await search.fill('palette mixed');
  await expect(page.getByRole('option', { name: /Palette mixed/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Palette mixed' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await search.fill('files');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/files$/);
});

test('rows are walked and selected by keys', async ({ page, api, signIn }) => {
  await some(api, 'Keys');
  await signIn(page);
  await page.goto('/batches?q=Keys');
  await expect(rows(page)).toHaveCount(3);
  // At the top `k` stays where it is; once it answers, the keys are heard.
  await expect(async () => {
    await page.keyboard.press('k');
    await expect(rows(page).first().locator('[data-row]')).toBeFocused({ timeout: 500 });
  }).toPass();
  for (const key of ['x', 'j', 'x']) await page.keyboard.press(key);
  await expect(page.getByRole('region', { name: 'Selection' })).toContainText('2 selected');
});

for (const [width, theme] of [
  [1440, 'light'],
  [768, 'dark'],
  [360, 'dark'],
] as const) {
  test(`axe finds nothing on a list at work, ${width} ${theme}`, async ({ page, api, signIn, axe }) => {
    await some(api, `Axe ${width}`);
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await signIn(page);
    await page.goto(`/batches?phase=completed,running,pending,queued&q=Axe ${width}`);
    await select(page, `Axe ${width} good`);
    await expect(page.getByRole('region', { name: 'Selection' })).toBeVisible();
    await axe(page);
    await page.screenshot({ path: `e2e/.artifacts/list-${width}-${theme}.png` });
    await page.getByRole('button', { name: 'Filter' }).click();
    await expect(page.getByRole('dialog', { name: 'Filter batches' })).toBeVisible();
    await axe(page);
    await page.screenshot({ path: `e2e/.artifacts/list-filter-${width}-${theme}.png` });
  });
}

test('a panel that is opened before the page listens is filled once it does', async ({
  page,
  api,
  signIn,
}) => {
  await some(api, 'Early');
  await signIn(page);
  const listens = Promise.withResolvers<void>();
  await page.route('**/_next/static/**/*.js', async (route) => {
    await listens.promise;
    await route.continue();
  });
  await page.goto('/batches?q=Early', { waitUntil: 'commit' });
  await page.getByRole('button', { name: 'Filter' }).click();
  const panel = page.getByRole('dialog', { name: 'Filter batches' });
  await expect(panel).toBeAttached();
  listens.resolve();
  await expect(panel.getByText('completed')).toBeVisible();
});
