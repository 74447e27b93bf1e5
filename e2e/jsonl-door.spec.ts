import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { apiOf, jsonl } from './api.ts';
import { freePort, startCutProxy } from './cut-proxy.ts';
import { acceptedCreates, expect, newSession, test } from './fixtures.ts';
import { createButton, expectOver, openNewBatch, resultsTable } from './screen.ts';
import { startServer } from './server.ts';

const params = (id: string, more = '') =>
  `{"custom_id":"${id}","params":{"model":"sandbox/instant","max_tokens":16,"messages":[{"role":"user","content":"Hi"}]${more}}}`;

function pick(page: Page, ...files: [name: string, text: string][]): Promise<void> {
  return page
    .getByLabel('JSONL file')
    .setInputFiles(files.map(([name, text]) => ({ name, mimeType: '', buffer: Buffer.from(text) })));
}

const right = (page: Page, requests: number) =>
  expect(
    page.getByText(`${requests} request${requests === 1 ? '' : 's'}, every line is right.`),
  ).toBeVisible();

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

test('several files become one batch, and ids that clash get a prefix that is shown', async ({
  page,
  signIn,
}) => {
  await signIn(page);
  await openNewBatch(page, 'JSONL', 'All in one');
  await pick(page, ['north.jsonl', `${params('a')}\n${params('b')}`], ['south.jsonl', `${params('a')}\n`]);
  await expect(page.getByText('1 id of south.jsonl also stand')).toBeVisible();
  await expect(page.getByText('a → south-a')).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Summary' })).toContainText('Requests3');
  await createButton(page).click();
  await expectOver(page);
  for (const id of ['a', 'b', 'south-a']) {
    await expect(resultsTable(page).getByText(id, { exact: true })).toBeVisible();
  }
});

test('several files become one batch each', async ({ page, signIn, api }) => {
  await signIn(page);
  await openNewBatch(page, 'JSONL', 'Each');
  await pick(page, ['east.jsonl', params('a')], ['west.jsonl', params('a')]);
  await page.getByRole('radio', { name: /One batch for each file/ }).check();
  await createButton(page).click();
  await expect(page).toHaveURL(/\/batches$/);
  const names = (await api.batches()).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['Each · east', 'Each · west']));
});

test('lines are pasted', async ({ page, signIn }) => {
  await signIn(page);
  await openNewBatch(page, 'JSONL', 'Pasted');
  await page.evaluate(
    (text) => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    },
    `${params('a')}\n${params('b')}\n`,
  );
  await right(page, 2);
  await expect(page.getByRole('heading', { name: 'pasted.jsonl' })).toBeVisible();
});

test('a hundred thousand lines are judged while the page stays free', async ({ page, signIn }) => {
  await signIn(page);
  await openNewBatch(page, 'JSONL', 'Large');
  const rows = Array.from({ length: 100_000 }, (_, i) => params(`row-${i % 99_990}`));
  rows[49_999] = '{"custom_id":"half';
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { longTasks: seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.push(duration);
    }).observe({ type: 'longtask', buffered: false });
  });
  // By its path: Playwright would hand the bytes themselves to the page's own thread.
  const large = test.info().outputPath('large.jsonl');
  writeFileSync(large, `${rows.join('\r\n')}\r\n`);
  const began = Date.now();
  await page.getByLabel('JSONL file').setInputFiles(large);
  await expect(page.getByText('11 errors in 99,999 requests.')).toBeVisible({ timeout: 60_000 });
  const took = Date.now() - began;
  await expect(page.getByRole('button', { name: 'CR LF 100,000' })).toBeVisible();
  await expect(page.getByText('14 of 100,011 are shown.')).toBeVisible();
  const longest = await page.evaluate(() =>
    Math.max(0, ...(window as unknown as { longTasks: number[] }).longTasks),
  );
  test.info().annotations.push({ type: 'longest task', description: `${longest} ms in ${took} ms` });
  expect(longest).toBeLessThan(Math.max(took / 2, 250));

  await page.getByRole('button', { name: /Line 50,000, column 14/ }).click();
  await expect(page.getByRole('textbox', { name: 'Line 50000' })).toContainText('{"custom_id":"half');
  await page.getByRole('button', { name: 'Leave line out' }).click();
  await expect(page.getByText('10 errors in 99,999 requests.')).toBeVisible({ timeout: 60_000 });
});

test('an upload whose connection breaks is tried again, and makes one batch', async ({ browser }) => {
  const port = await freePort();
  const proxy = await startCutProxy(port);
  const server = await startServer({ env: { APP_URL: proxy.url, PORT: String(port) } });
  const direct = apiOf({ url: `http://127.0.0.1:${port}` });
  const context = await browser.newContext({ baseURL: proxy.url });
  try {
    const cookie = await newSession({ url: proxy.url });
    const url = proxy.url.replace('http:', 'https:');
    await context.addCookies([{ ...cookie, url, httpOnly: true, secure: true, sameSite: 'Lax' }]);
    const page = await context.newPage();
    await openNewBatch(page, 'JSONL', 'Broken off');
    const filler = `,"note":"${'y'.repeat(2_000)}"`;
    const rows = Array.from({ length: 4_000 }, (_, i) => params(`r${i}`, filler));
    await pick(page, ['big.jsonl', rows.join('\n')]);
    await expect(page.getByText('4,000 requests, every line is right.')).toBeVisible();
    proxy.cut(4_000_000);
    await createButton(page).click();
    await expect(page.getByText('The connection broke.')).toBeVisible();
    expect(await filesNamed(direct, 'big.jsonl')).toBe(0);
    expect(await direct.batches()).toEqual([]);
    proxy.cut(Number.POSITIVE_INFINITY);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expectOver(page);
    expect(await filesNamed(direct, 'big.jsonl')).toBe(1);
    expect(acceptedCreates(server)).toHaveLength(1);
  } finally {
    await context.close();
    proxy.close();
    await server.clear();
  }
});

test('an upload is cancelled and leaves nothing', async ({ page, signIn, api }) => {
  await signIn(page);
  await openNewBatch(page, 'JSONL', 'Cancelled');
  const filler = `,"note":"${'y'.repeat(2_000)}"`;
  await pick(page, [
    'stop.jsonl',
    Array.from({ length: 4_000 }, (_, i) => params(`r${i}`, filler)).join('\n'),
  ]);
  await expect(page.getByText('4,000 requests, every line is right.')).toBeVisible();
  const network = await page.context().newCDPSession(page);
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 1_000_000 };
  await network.send('Network.emulateNetworkConditions', slow);
  await createButton(page).click();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByRole('progressbar', { name: 'Uploading' })).toBeHidden();
  await expect(createButton(page)).toBeEnabled();
  expect(await filesNamed(api, 'stop.jsonl')).toBe(0);
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing at the door with findings, ${theme}`, async ({ page, signIn, axe }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await signIn(page);
    await openNewBatch(page, 'JSONL', 'Axe');
    await pick(
      page,
      ['a.jsonl', `\ufeff${params('a')}\r\nnonsense\n${params('a')}`],
      ['b.jsonl', params('b')],
    );
    await page.getByRole('button', { name: /Line 2, column/ }).click();
    await expect(page.getByRole('textbox', { name: 'Line 2' })).toBeVisible();
    await axe(page);
    await page.getByRole('button', { name: 'Drop bad lines' }).click();
    await expect(page.getByRole('dialog').getByText('2 lines are left out.')).toBeVisible();
    await axe(page);
  });
}

async function filesNamed(api: { get: <T>(path: string) => Promise<T> }, name: string): Promise<number> {
  const { items } = await api.get<{ items: { name: string }[] }>('/api/files?limit=1000');
  return items.filter((file) => file.name === name).length;
}

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
