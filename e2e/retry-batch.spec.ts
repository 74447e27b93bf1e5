import { lines } from './api.ts';
import { expect, test } from './fixtures.ts';
import { chooseBox, finished, resultRow, retryButton } from './retry-screen.ts';
import { reach } from './screen.ts';

test('what did not succeed is sent again with another model, and every attempt stays', async ({
  page,
  api,
  signIn,
  axe,
}) => {
  const id = await finished(api, 'Retried as a whole');
  await signIn(page);
  await page.goto(`/batches/${id}`);
  await retryButton(page).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toHaveAccessibleName('Retry 2 requests?');
  await expect(dialog.getByRole('button', { name: 'Leave as it is' })).toBeFocused();
  await expect(dialog).toContainText('as attempt 2 of this batch');
  await expect(dialog).toContainText('at demo prices nobody pays, if each costs what the 26');
  await dialog.getByText('missing').click();
  await dialog.getByText('expired').click();
  await expect(dialog).toHaveAccessibleName('Retry 4 requests?');
  await dialog.getByText('Change model or parameters first').click();
  await dialog.getByLabel('Parameters').fill('{"max_tokens"');
  await expect(dialog.getByText('This is not a JSON object').first()).toBeVisible();
  await dialog.getByLabel('Parameters').fill('{"max_tokens": 48}');
  await dialog.getByLabel('Model').fill('sandbox/instant');
  await expect(dialog).not.toContainText('demo prices');
  await axe(page);
  await dialog.getByRole('button', { name: 'Retry 4 requests' }).click();
  await expect(page.getByText('4 sent again as attempt 2')).toBeVisible();
  await expect(resultRow(page, 'row-10')).toContainText('attempt 2', { timeout: 30_000 });
  await expect(page.getByRole('button', { name: 'Retry failed' })).toHaveAccessibleDescription(
    'Every request succeeded.',
  );
  expect(await api.batch(id)).toMatchObject({
    phase: 'completed',
    counts: { total: 30, succeeded: 30 },
    attempts: [{ n: 1 }, { n: 2, counts: { total: 4, succeeded: 4 } }],
  });

  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText(
    '4 requests as attempt 2, with another max_tokens, model',
  );
  await page.goto(`/batches/${id}/r/10`);
  await page.getByRole('tab', { name: 'Attempts' }).click();
  const attempts = page.getByRole('tabpanel').getByRole('listitem');
  await expect(attempts.nth(0)).toContainText('context_length_exceeded');
  await expect(attempts.nth(1)).toContainText('shown as the result');
  await expect(attempts.nth(1).getByRole('figure').first()).toContainText('"max_tokens": 48');
  await axe(page);
  await attempts.nth(1).getByRole('link', { name: 'Compare with attempt 1' }).click();
  const pair = page.getByRole('dialog', { name: 'row-10' });
  await expect(pair.getByRole('region', { name: 'Answer of A' })).toContainText('maximum context length');
  await expect(pair.getByRole('region', { name: 'Answer of B' })).toContainText('You wrote');
});

test('on a phone no row that is gone to by keyboard comes to rest under the navigation', async ({
  page,
  api,
  signIn,
}) => {
  const id = await finished(api, 'Chosen on a phone', lines(5));
  await page.setViewportSize({ width: 360, height: 640 });
  await signIn(page);
  await page.goto(`/batches/${id}`);
  const bar = page.getByRole('complementary', { name: 'Sidebar' });
  for (const row of ['row-1', 'row-2', 'row-3', 'row-4', 'row-5']) {
    const box = page.getByLabel(`Choose ${row}`);
    await reach(page, box);
    await page.keyboard.press('Space');
    await expect(box).toBeChecked();
    const foot = await chooseBox(page, row).boundingBox();
    expect((foot?.y ?? 0) + (foot?.height ?? 0)).toBeLessThanOrEqual((await bar.boundingBox())?.y ?? 0);
  }
  await expect(page.getByRole('toolbar', { name: 'Chosen results' })).toContainText('5 chosen');
});

for (const width of [1440, 360]) {
  test(`retry, groups, reconciliation and attempts fit ${width} px, light and dark`, async ({
    page,
    api,
    signIn,
    axe,
  }) => {
    const id = await finished(api, 'Nightly reviews');
    await page.setViewportSize({ width, height: 800 });
    await signIn(page);
    const look = async (what: string) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await axe(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        await page.screenshot({ path: `e2e/.artifacts/retry-${what}-${width}-${colorScheme}.png` });
      }
    };
    await page.goto(`/batches/${id}`);
    await chooseBox(page, 'row-2').click();
    await expect(page.getByRole('toolbar', { name: 'Chosen results' })).toContainText('1 chosen');
    await look('results');
    await retryButton(page).click();
    await page.getByText('Change model or parameters first').click();
    await look('dialog');
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Error groups' }).click();
    await expect(
      page.getByRole('region', { name: 'Error groups' }).getByRole('listitem').first(),
    ).toBeVisible();
    await look('groups');
    await page.getByRole('tab', { name: 'Reconciliation' }).click();
    await page.getByRole('button', { name: /^missing/ }).click();
    await expect(page.getByRole('list', { name: 'missing' }).getByRole('listitem')).toHaveCount(1);
    await look('reconciliation');

    const changed = { outcomes: ['failed'], overrides: { model: 'sandbox/instant' } };
    await api.send('POST', `/api/batches/${id}/retries`, changed);
    await api.over(id);
    await page.goto(`/batches/${id}/r/10`);
    await page.getByRole('tab', { name: 'Attempts' }).click();
    await expect(page.getByRole('tabpanel').getByRole('listitem')).toHaveCount(2);
    await look('attempts');
  });
}
