import { jsonl, lines } from './api.ts';
import { expect, test } from './fixtures.ts';
import { createButton, expectOver, resultsTable } from './screen.ts';

test('a stored file is found, mended into a new one, and that is sent', async ({ page, signIn, api }) => {
  await signIn(page);
  const [first, second] = lines(2, 'sandbox/instant', 'stored');
  await api.upload(`${jsonl([first ?? {}])}nonsense\n${jsonl([second ?? {}])}`, 'to mend.jsonl');
  await page.goto('/files');
  await page.getByRole('searchbox', { name: 'Search files' }).fill('TO MEND');
  await expect(page.getByRole('list', { name: 'Files' }).getByRole('listitem')).toHaveCount(1);
  await page.getByRole('link', { name: 'to mend.jsonl', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Make a batch' })).toBeDisabled();

  await page.getByRole('button', { name: /Line 2, column 1/ }).click();
  const editor = page.getByRole('textbox', { name: 'Line 2' });
  await expect(editor).toContainText('nonsense');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(JSON.stringify({ ...first, custom_id: 'by-hand' }));
  await page.getByRole('button', { name: 'Save line' }).click();
  await expect(page.getByText('1 line is mended here.')).toBeVisible();
  await page.getByRole('button', { name: 'Keep as a new file' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'to mend.repaired.jsonl' })).toBeVisible();
  await expect(page.getByText('Edited by hand')).toBeVisible();
  await expect(page.getByRole('link', { name: 'to mend.jsonl', exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Make a batch' }).click();
  await createButton(page).click();
  await expectOver(page);
  await expect(resultsTable(page).getByText('by-hand', { exact: true })).toBeVisible();

  await page.goto('/files?q=to+mend');
  const rows = page.getByRole('list', { name: 'Files' }).getByRole('listitem');
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: '1 made from it' })).toHaveCount(1);
  const sent = rows.filter({ hasText: 'sent as to mend.repaired' });
  await sent.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete file' }).click();
  await expect(page.getByRole('dialog')).toContainText('needs this file. Delete the batch first.');
  await page.getByRole('button', { name: 'Keep it' }).click();

  await rows
    .filter({ hasText: '1 made from it' })
    .getByRole('button', { name: /^Actions for/ })
    .click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete file' }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('made from a file that was deleted');
});

test('a whole stored file is repaired with one click', async ({ page, signIn, api }) => {
  await signIn(page);
  const [row] = lines(1, 'sandbox/instant', 'twice');
  const file = await api.upload(jsonl([row ?? {}, row ?? {}]), 'twice.jsonl');
  await page.goto(`/files/${file.id}`);
  await page.getByRole('button', { name: 'Make ids unique' }).click();
  await expect(page.getByRole('dialog').getByText('1 line of 2 changes.')).toBeVisible();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('Nothing was found in it: every line is right.')).toBeVisible();
  const content = await api.call('GET', `/api/files/${file.id}/content`);
  expect(await content.text()).toBe(jsonl([row ?? {}, row ?? {}]));
});

test('a download goes on where it stopped, under any name', async ({ api }) => {
  const text = jsonl(lines(3));
  for (const name of ['../../x', 'a\r\nX: y', '日本.jsonl', 'é'.repeat(300), 'evil.html']) {
    const { id } = await api.upload(text, name);
    const whole = await api.call('GET', `/api/files/${id}/content`);
    expect(whole.status).toBe(200);
    expect(whole.headers.get('content-disposition')).toMatch(/^attachment; filename="[ -~]*"/);
    const etag = whole.headers.get('etag') ?? '';
    const rest = await api.call('GET', `/api/files/${id}/content`, undefined, {
      range: 'bytes=100-',
      'if-range': etag,
    });
    expect([rest.status, await rest.text()]).toEqual([206, text.slice(100)]);
  }
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on a file, ${theme}`, async ({ page, signIn, api, axe }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await signIn(page);
    const file = await api.upload(`nonsense\r\n${jsonl(lines(2))}`, 'axe.jsonl');
    await page.goto(`/files/${file.id}`);
    await expect(page.getByRole('button', { name: 'Drop bad lines' })).toBeVisible();
    await axe(page);
  });
}
