import { writeFileSync } from 'node:fs';
import { apiOf } from './api.ts';
import { freePort, startCutProxy } from './cut-proxy.ts';
import { acceptedCreates, expect, newSession, test } from './fixtures.ts';
import { params, pick, right } from './jsonl-screen.ts';
import { createButton, expectOver, openNewBatch, resultsTable } from './screen.ts';
import { startServer } from './server.ts';

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
  await expect(page.getByText('You can paste lines here, too.')).toBeVisible();
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
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 200_000 };
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
