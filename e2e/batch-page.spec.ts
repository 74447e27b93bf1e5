import { lines } from './api.ts';
import { expect, test } from './fixtures.ts';

test('a batch is renamed, tagged, noted, composed again and deleted on its page', async ({
  page,
  api,
  signIn,
}) => {
  const { id } = await api.create(lines(3), 'Draft name');
  await api.over(id);
  await signIn(page);
  await page.goto(`/batches/${id}`);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Edit name, tags and note' }).click();
  await page.getByLabel('Name').fill('Final name');
  await page.getByLabel('Tags').fill('nightly, nightly , eval');
  await page.getByLabel('Note').fill('Checked by hand.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Final name' })).toBeVisible();
  await expect(page.getByText('Checked by hand.')).toBeVisible();
  expect(await api.batch(id)).toMatchObject({ tags: ['nightly', 'eval'], note: 'Checked by hand.' });
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Compose again' }).click();
  await expect(page).toHaveURL(/\/batches\/new\?draft=/);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Final name again');
  await expect(page.getByRole('listbox', { name: 'Requests' }).getByRole('option')).toHaveCount(3);
  await page.goBack();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await page.getByRole('button', { name: 'Delete batch' }).click();
  await expect(page).toHaveURL(/\/batches$/);
  expect((await page.goto(`/batches/${id}`))?.status()).toBe(404);
});

test('the tab shows how far a batch is, and the browser tells when it is over', async ({
  page,
  context,
  api,
  signIn,
}) => {
  await context.grantPermissions(['notifications']);
  await page.addInitScript(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    window.Notification = class {
      static permission = 'granted';
      static requestPermission = async () => 'granted';
      constructor(title: string) {
        told.push(title);
      }
    } as unknown as typeof Notification;
  });
  const { id } = await api.create(lines(20, 'sandbox/finishing'), 'Told at the end');
  await signIn(page);
  await page.goto(`/batches/${id}`);
  const icon = page.locator('link[rel="icon"][href^="data:image/svg"]');
  await expect(icon).toHaveCount(1);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Tell me when it is over' }).click();
  await expect(page).toHaveTitle(/\d+ % · Told at the end/);
  await api.send('POST', `/api/batches/${id}/cancellation`, {});
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { told: string[] }).told))
    .toEqual(['Told at the end: completed']);
  await page.goto('/batches');
  await expect(icon).toHaveCount(0);
});

test('the timeline tells what happened, whose word it was, and what is to come', async ({
  page,
  api,
  signIn,
  axe,
}) => {
  const { id } = await api.create(lines(3, 'sandbox/slow'), 'With a story');
  await api.until(id, ({ phase }) => phase === 'running');
  await signIn(page);
  await page.goto(`/batches/${id}?tab=timeline`);
  const story = page.getByRole('region', { name: 'Timeline' });
  await expect(story.getByRole('listitem').first()).toContainText('to come');
  await expect(story.getByText('said by Sandbox').first()).toBeVisible();
  await expect(story.getByRole('listitem').last()).toContainText('token journey');
  await axe(page);
  await page.screenshot({ path: 'e2e/.artifacts/timeline.png' });
});

test('charts tell how a batch ended, are tables too, and lead to the results', async ({
  page,
  api,
  signIn,
}) => {
  const { id } = await api.create(lines(30, 'sandbox/flaky'), 'Charted');
  await api.over(id);
  await signIn(page);
  await page.goto(`/batches/${id}`);
  await page.getByRole('tab', { name: 'Charts' }).click();
  const chart = (name: string) => page.getByRole('figure', { name });
  await expect(chart('Progress over time').getByRole('table')).toContainText('26');
  const outcomes = chart('Outcomes by error group');
  await outcomes.getByRole('button', { name: 'As table' }).click();
  const failed = outcomes.getByRole('row').filter({ hasText: 'failed' }).first();
  const count = await failed.getByRole('cell').nth(2).textContent();
  await failed.getByRole('link').click();
  await expect(page).toHaveURL(/\?group=/);
  await expect(page.getByRole('table', { name: 'Results' }).locator('[data-row]')).toHaveCount(Number(count));
  await page.goBack();
  await chart('Total tokens').getByRole('link').first().click();
  await expect(page).toHaveURL(/tokensMin=\d+&tokensMax=\d+/);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goBack();
  await expect(page.getByRole('tab', { name: 'Charts' })).toBeInViewport({ ratio: 0.9 });
});
