import { jsonl, lines } from './api.ts';
import { expect, test } from './fixtures.ts';
import { createButton, expectOver, openNewBatch, resultsTable } from './screen.ts';

const showcase = Array.from(
  { length: 12 },
  (_, i) => lines(1, 'sandbox/showcase', `show-${i + 1}`)[0],
).flatMap((line) => (line ? [line] : []));

test('a JSONL file is checked, sent, and its results read', async ({ page, signIn }) => {
  await signIn(page);
  await openNewBatch(page, 'JSONL', 'From a file');
  await page.getByLabel('JSONL file').setInputFiles({
    name: 'showcase.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(jsonl(showcase)),
  });
  await createButton(page).click();
  await expectOver(page);
  await expect(resultsTable(page).getByText('show-1-1', { exact: true })).toBeVisible();
  await resultsTable(page).getByText('show-3-1', { exact: true }).click();
  await expect(page).toHaveURL(/\/r\/3/);
  await expect(page.getByText('Question 1').first()).toBeVisible();
});

test('a file with faults shows its findings and no batch can be made of it', async ({
  page,
  signIn,
  api,
}) => {
  await signIn(page);
  const before = (await api.batches()).length;
  await openNewBatch(page, 'JSONL', 'With faults');
  const rows = lines(3);
  const text = `${jsonl([...rows, rows[0] ?? {}])}{"custom_id": "half`;
  await page.getByLabel('JSONL file').setInputFiles({
    name: 'faults.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(text),
  });
  await expect(page.getByText(/line 4\b/i).first()).toBeVisible();
  await expect(page.getByText(/line 1\b/i).first()).toBeVisible();
  await expect(page.getByText(/line 5\b/i).first()).toBeVisible();
  await expect(createButton(page)).toBeDisabled();
  expect((await api.batches()).length).toBe(before);
});
