import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { jsonl } from './api.ts';
import { expect, test } from './fixtures.ts';
import { params, pick, right } from './jsonl-screen.ts';
import { createButton, expectOver, openNewBatch, resultsTable } from './screen.ts';

test('a bad line is corrected by keyboard alone, and the batch is sent', async ({ page, signIn }) => {
  await signIn(page);
  await openNewBatch(page, 'JSONL', 'Mended by keyboard');
  const chooser = page.waitForEvent('filechooser');
  await reach(page, 'Choose files');
  await page.keyboard.press('Enter');
  const text = [params('a'), params('b').replace('"params"', 'params'), params('c'), params('a')].join('\n');
  await (await chooser).setFiles({ name: 'rows.jsonl', mimeType: '', buffer: Buffer.from(text) });
  await expect(page.getByText('2 errors in 3 requests.')).toBeVisible();
  await expect(createButton(page)).toBeDisabled();

  await reach(page, /Line 2, column 18/);
  await page.keyboard.press('Enter');
  const editor = page.getByRole('textbox', { name: 'Line 2' });
  await expect(editor).toBeFocused();
  await expect(page.getByText(/a key in double quotes must stand here/).last()).toBeVisible();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(params('b'));
  await expect(page.getByText('This line is right by itself.')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Enter');

  await expect(page.getByText(/Line 2, column/)).toBeHidden();
  const repeated = page.getByRole('button', { name: /Line 4, column 14: .* repeats line 1/ });
  await expect(repeated).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Line 4' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(repeated).toBeFocused();
  await reach(page, 'Make ids unique');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByText('1 line of 4 changes.')).toBeVisible();
  await reach(page, 'Apply');
  await page.keyboard.press('Enter');
  await right(page, 4);
  await reach(page, 'Create batch');
  await page.keyboard.press('Enter');
  await expectOver(page);
  await expect(resultsTable(page).getByText('a-2', { exact: true })).toBeVisible();
});

/** Before, the repair, what is said beforehand, and after. */
const repairs: [string, string, string, string][] = [
  ['Strip the byte order mark', `\ufeff${params('a')}\n`, '1 line of 1 changes.', `${params('a')}\n`],
  [
    'Normalize newlines',
    `${params('a')}\r\n\r\n${params('b')}`,
    '2 lines of 3 change, 1 line is left out.',
    `${params('a')}\n${params('b')}\n`,
  ],
  [
    'Add missing ids',
    `${params('a')}\n{"params":{"model":"m","n":1.0}}\n`,
    '1 line of 2 changes.',
    `${params('a')}\n{"custom_id":"row-2","params":{"model":"m","n":1.0}}\n`,
  ],
  [
    'Make ids unique',
    `${params('a')}\n${params('a', ',"n":1.0')}\n`,
    '1 line of 2 changes.',
    `${params('a')}\n${params('a-2', ',"n":1.0')}\n`,
  ],
  ['Drop bad lines', `nonsense\n${params('a', ',"n":1.0')}`, '1 line is left out.', params('a', ',"n":1.0')],
  [
    'Remove stream',
    `${params('a', ',"stream":true,"n":1.0')}\n`,
    '1 line of 1 changes.',
    `${params('a', ',"n":1.0')}\n`,
  ],
];

for (const [title, before, outlook, after] of repairs) {
  test(`one click repairs: ${title}`, async ({ page, signIn }) => {
    await signIn(page);
    await openNewBatch(page, 'JSONL', title);
    await pick(page, ['rows.jsonl', before]);
    await page.getByRole('button', { name: title, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(outlook)).toBeVisible();
    await expect(dialog.getByRole('list', { name: 'What changes' })).toBeVisible();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await right(page, after.trim().split('\n').length);
    expect(await downloaded(page, 'Download the repaired file')).toBe(after);
    await page.getByRole('button', { name: /^Undo:/ }).click();
    await expect(page.getByRole('button', { name: title, exact: true })).toBeVisible();
  });
}

test('a model and a parameter are set on all lines', async ({ page, signIn }) => {
  await signIn(page);
  await openNewBatch(page, 'JSONL', 'Set on all lines');
  await pick(page, [
    'rows.jsonl',
    `${params('a')}\n${params('b').replace('"model":"sandbox/instant",', '')}\n`,
  ]);
  await page.getByRole('button', { name: 'Set the model' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Model').fill('sandbox/echo');
  await expect(dialog.getByText('2 lines of 2 change.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await right(page, 2);

  await page.getByRole('button', { name: 'Repairs' }).click();
  await page.getByRole('menuitem', { name: 'Set a parameter' }).click();
  await dialog.getByLabel('Parameter').fill('temperature');
  await dialog.getByLabel('Value').fill('warm');
  await expect(dialog.getByRole('button', { name: 'Apply' })).toBeDisabled();
  await dialog.getByLabel('Value').fill('0.20');
  await expect(dialog.getByText('2 lines of 2 change.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog).toBeHidden();
  const made = (await downloaded(page, 'Download the repaired file')).trim().split('\n');
  for (const line of made) {
    expect(line).toContain('"temperature":0.20');
    expect(line).toContain('"model":"sandbox/echo"');
  }
});

test('lines of the other form are converted, and what is lost is named', async ({ page, signIn }) => {
  await signIn(page);
  await openNewBatch(page, 'JSONL', 'Converted');
  const chat = {
    custom_id: 'chat-1',
    method: 'POST',
    url: '/v1/chat/completions',
    body: {
      model: 'sandbox/instant',
      max_tokens: 16,
      seed: 7,
      messages: [
        { role: 'system', content: 'Be brief' },
        { role: 'user', content: 'Hi' },
      ],
    },
  };
  await pick(page, ['rows.jsonl', jsonl([chat])]);
  await expect(page.getByText(/this connection takes lines with/)).toBeVisible();
  await page.getByRole('button', { name: 'Convert to params' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('list', { name: 'To know' })).toContainText('left out: seed on 1 line');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await right(page, 1);
  await createButton(page).click();
  await expectOver(page);
  await expect(resultsTable(page).getByText('chat-1', { exact: true })).toBeVisible();
});

async function downloaded(page: Page, name: string): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  return readFileSync(await (await download).path(), 'utf8');
}

/** Tabs until it has the focus; within a list one walks by arrows. */
async function reach(page: Page, name: string | RegExp): Promise<void> {
  const target = page.getByRole('button', { name }).first();
  await expect(target).toBeVisible();
  for (let i = 0; i < 80; i++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    const inList = await page.evaluate(() => document.activeElement?.matches('[data-finding]') ?? false);
    const isFinding = await target.evaluate((element) => element.matches('[data-finding]'));
    await page.keyboard.press(inList && isFinding ? 'ArrowDown' : 'Tab');
  }
  throw new Error(`Tab never reached ${name}`);
}
