import type { Locator, Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { json, requestRows, section, summary } from './form-screen.ts';
import { createButton, expectOver, field, openNewBatch, reach, requestRow } from './screen.ts';

test('requests are gathered, changed together, moved, copied and deleted with a way back', async ({
  page,
  signIn,
}) => {
  await signIn(page);
  await openNewBatch(page, 'Form', 'Many at once');
  for (let n = 0; n < 4; n++) {
    if (n > 0) await page.getByRole('button', { name: 'Add request' }).click();
    await field(page, 'Message').fill(`Question ${n + 1}`);
  }
  await requestRow(page, 1).click();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('heading', { name: '2 requests', exact: true })).toBeVisible();
  await field(page, 'temperature').fill('0.2');
  await page.getByLabel('custom_id pattern').fill('q-{n}');
  await page.getByRole('button', { name: 'Renumber' }).click();
  await expect
    .poll(() => lines(page))
    .toMatchObject([
      { custom_id: 'row-1', params: { max_tokens: 1024 } },
      { custom_id: 'q-1', params: { temperature: 0.2 } },
      { custom_id: 'q-2', params: { temperature: 0.2 } },
      { custom_id: 'row-4' },
    ]);
  await page.getByRole('listbox', { name: 'Requests' }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect
    .poll(async () => (await lines(page)).map((line) => line.custom_id))
    .toEqual(['q-1', 'q-2', 'row-1', 'row-4']);
  await page.getByRole('listbox', { name: 'Requests' }).focus();
  await page.keyboard.press('Control+d');
  await expect(requestRow(page, 1)).toContainText('q-1-copy');
  await page.keyboard.press('Delete');
  await expect(requestRows(page)).toHaveCount(4);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(requestRow(page, 1)).toContainText('q-1-copy');
  await expect(requestRows(page)).toHaveCount(6);
});

test('a form of 300 requests keeps few of them on the page and answers at once', async ({ page, signIn }) => {
  await signIn(page);
  await openNewBatch(page, 'Form', 'Three hundred');
  await page.getByRole('button', { name: 'All lines' }).click();
  const written = Array.from({ length: 300 }, (_, n) => ({
    custom_id: `row-${n + 1}`,
    params: {
      model: 'sandbox/instant',
      max_tokens: 1024,
      messages: [{ role: 'user', content: `Question ${n + 1}. ${'Some words to go with it. '.repeat(20)}` }],
    },
  }));
  await json(page).fill(written.map((row) => JSON.stringify(row)).join('\n'));
  await expect(summary(page)).toContainText('300');
  expect(await requestRows(page).count()).toBeLessThan(60);
  await page.getByRole('listbox', { name: 'Requests' }).focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('heading', { name: 'Request 300' })).toBeVisible();
  await field(page, 'Message').fill('');
  const slowest = await slowestKey(page, field(page, 'Message'), 'typed into the last of three hundred');
  test.info().annotations.push({ type: 'slowest key', description: `${Math.round(slowest)} ms` });
  await expect(requestRow(page, -1)).toContainText('typed into the last');
  await createButton(page).click();
  await expectOver(page);
});

test('the form is worked by keyboard alone', async ({ page, signIn }) => {
  await signIn(page);
  await page.goto('/batches/new');
  await reach(page, page.getByRole('button', { name: 'Add request' }));
  await page.keyboard.press('Enter');
  await expect(field(page, 'custom_id')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('second');
  await reach(page, field(page, 'Message'));
  await page.keyboard.type('By keyboard');
  await reach(page, section(page, 'Sampling'));
  await page.keyboard.press('Enter');
  await reach(page, field(page, 'top_p'));
  await page.keyboard.type('0.5');
  await reach(page, page.getByRole('listbox', { name: 'Requests' }), 'Shift+Tab');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('heading', { name: 'Request 1' })).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(requestRows(page)).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(field(page, 'custom_id')).toBeFocused();
  await expect(field(page, 'custom_id')).toHaveValue('second');
  await reach(page, createButton(page));
  await page.keyboard.press('Enter');
  await expectOver(page);
});

async function lines(page: Page): Promise<{ custom_id: string }[]> {
  await page.getByRole('button', { name: 'All lines' }).click();
  const text = await json(page).inputValue();
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as { custom_id: string }]));
}

/** Milliseconds from a key to the next picture, for the slowest of them. */
async function slowestKey(page: Page, box: Locator, text: string): Promise<number> {
  let slowest = 0;
  for (const key of text) {
    const start = performance.now();
    await box.press(key === ' ' ? 'Space' : key);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(null))));
    slowest = Math.max(slowest, performance.now() - start);
  }
  return slowest;
}
