import { rmSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { apiOf, lines } from './api.ts';
import { expect, newSession, test } from './fixtures.ts';
import { laterBuild } from './later-build.ts';
import { type Server, startServer } from './server.ts';

test('a tab of an old build is loaded anew where it would break, and goes on', async ({ page }) => {
  test.setTimeout(120_000);
  const old = await startServer();
  const root = laterBuild();
  let later: Server | null = null;
  try {
    const { id } = await apiOf(old).create(lines(3), 'Old tab');
    await apiOf(old).over(id);
    await signIn(page, old);
    const address = `${old.at('localhost')}/batches/${id}`;
    const other = await page.context().newPage();
    for (const tab of [page, other]) await openOld(tab, address);
    expect(await old.end('SIGTERM')).toBe(0);
    later = await startServer({ dataDir: old.dataDir, root, env: { PORT: new URL(old.url).port } });

    await page.getByRole('link', { name: 'Files' }).click();
    await expect(page.getByRole('heading', { name: 'Files' })).toBeVisible();
    await loadedAnew(page);

    await other.getByRole('button', { name: 'Share' }).click();
    await loadedAnew(other);
    await expect(other.getByText('could not be drawn')).toBeHidden();
    await other.getByRole('button', { name: 'Share' }).click();
    await expect(other.getByRole('button', { name: 'Create link' })).toBeVisible();
  } finally {
    await later?.clear();
    await old.clear();
    rmSync(root, { recursive: true, force: true });
  }
});

async function openOld(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('heading', { name: 'Old tab' })).toBeVisible();
  await page.evaluate(() => Object.assign(window, { old: true }));
}

async function loadedAnew(page: Page): Promise<void> {
  await page.waitForFunction(() => !('old' in window));
}

async function signIn(page: Page, server: Server): Promise<void> {
  const cookie = await newSession(server);
  const url = server.at('localhost').replace('http:', 'https:');
  await page.context().addCookies([{ ...cookie, url, httpOnly: true, secure: true, sameSite: 'Lax' }]);
}
