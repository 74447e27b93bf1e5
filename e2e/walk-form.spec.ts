import { readFile } from 'node:fs/promises';
import { apiOf } from './api.ts';
import { acceptedCreates, expect, test } from './fixtures.ts';
import {
  createAccount,
  createButton,
  expectOver,
  fillRequest,
  makeLink,
  openNewBatch,
  resultsTable,
} from './screen.ts';
import { startServer } from './server.ts';

// The last long ones: alone in one worker they would keep the other waiting.
test.describe.configure({ mode: 'parallel' });

for (const host of ['localhost', '127.0.0.1'] as const) {
  test(`a person walks from the set-up link to a shared batch at ${host}`, async ({ browser }) => {
    const server = await startServer({ provision: null });
    const context = await browser.newContext({ baseURL: server.at(host), acceptDownloads: true });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(String(error)));
    try {
      const link = server.setupLink?.replace(server.url, server.at(host)) ?? '';
      await createAccount(page, link);

      await openNewBatch(page, 'Form', 'First walk');
      for (const n of [0, 1, 2]) {
        if (n > 0) await page.getByRole('button', { name: 'Add request' }).click();
        await fillRequest(page, n, `req-${n + 1}`, `Question number ${n + 1}`);
      }
      await createButton(page).dblclick();
      await expectOver(page);
      await expect(page.getByRole('region', { name: 'Status' })).toContainText('3');
      expect(acceptedCreates(server)).toHaveLength(1);

      await expect(resultsTable(page).getByText('req-2', { exact: true })).toBeVisible();
      await page.getByRole('button', { name: 'Download' }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: /output\.jsonl/ }).click();
      const saved = await readFile(await (await download).path(), 'utf8');
      const ids = saved
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { custom_id: string }).custom_id);
      expect(ids).toEqual(['req-1', 'req-2', 'req-3']);

      const shared = await makeLink(page);
      const stranger = await browser.newContext();
      const room = await stranger.newPage();
      await room.goto(shared);
      await expect(room.getByRole('heading', { name: 'First walk' })).toBeVisible();
      await expect(room.getByRole('region', { name: 'Status' })).toContainText(/completed/i);
      await expect(room.getByText('req-3', { exact: true }).first()).toBeVisible();

      await page
        .getByRole('dialog')
        .getByRole('button', { name: /Revoke/ })
        .first()
        .click();
      const confirm = page.getByRole('button', { name: 'Revoke', exact: true }).last();
      await expect(async () => {
        if (await confirm.isVisible()) await confirm.click({ timeout: 500 }).catch(() => {});
        expect((await room.goto(shared))?.status()).toBe(404);
      }).toPass({ timeout: 30_000 });
      await stranger.close();

      await page.keyboard.press('Escape');
      await resultsTable(page).getByText('req-2', { exact: true }).click();
      await expect(page).toHaveURL(/\/r\/2/);
      await expect(page.getByText('Question number 2').filter({ visible: true }).first()).toBeVisible();
      expect(problems).toEqual([]);
    } finally {
      await context.close();
      await server.clear();
    }
  });
}

test('what is typed outlives a reload until it is sent', async ({ page, signIn }) => {
  await signIn(page);
  await openNewBatch(page, 'Form', 'Typed');
  const saved = page.waitForResponse((response) =>
    Boolean(response.request().postData()?.includes('Typed once')),
  );
  await fillRequest(page, 0, 'kept-1', 'Typed once');
  await saved;
  await page.reload();
  await expect(page.getByLabel('Message', { exact: true })).toHaveValue('Typed once');
  await createButton(page).click();
  await expectOver(page);
  await page.goto('/batches/new');
  await expect(page.getByLabel('custom_id', { exact: true })).toHaveValue('row-1');
  await expect(page.getByLabel('Message', { exact: true })).toHaveValue('');
});

test('the set-up page is gone once there is an account', async ({ browser }) => {
  const server = await startServer({ provision: null });
  const page = await browser.newPage({ baseURL: server.url });
  try {
    await createAccount(page, server.setupLink ?? '');
    const stranger = await browser.newPage();
    expect((await stranger.goto(server.setupLink ?? ''))?.status()).toBe(404);
    await stranger.context().close();
    await page.goto(server.setupLink ?? '');
    await expect(page).toHaveURL(/\/batches$/);
    expect((await apiOf(server).call('GET', '/api/batches')).status).toBe(401);
  } finally {
    await page.context().close();
    await server.clear();
  }
});
