import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { lines } from './api.ts';
import { expect, test } from './fixtures.ts';

const themes = ['light', 'dark'] as const;

test.describe.configure({ mode: 'serial' });

let addresses: Record<string, string> = {};

test('there is something to look at', async ({ api }) => {
  const batch = await api.create(lines(12, 'sandbox/showcase'), 'Showcase · every kind of answer');
  await api.over(batch.id);
  await api.create(lines(40, 'sandbox/slow'), 'Catalog descriptions');
  const { url } = await api.send<{ url: string }>('POST', `/api/batches/${batch.id}/shares`, {
    scope: 'results',
  });
  addresses = {
    batches: '/batches',
    'new-batch': '/batches/new',
    batch: `/batches/${batch.id}`,
    result: `/batches/${batch.id}/r/1`,
    files: '/files',
    connections: '/connections',
    settings: '/settings',
    'sign-in': '/sign-in',
    share: new URL(url).pathname,
    'not-found': '/no-such-page',
  };
});

for (const theme of themes) {
  test(`axe finds nothing on any page, ${theme}`, async ({ page, signIn, axe }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    for (const [name, address] of Object.entries(addresses)) {
      if (name === 'sign-in') await page.context().clearCookies();
      else await signIn(page);
      await test.step(name, async () => {
        await open(page, address);
        await axe(page);
        await picture(page, `${name}-${theme}`);
      });
    }
  });
}

test('every page has a nonce policy of its own and the guarding headers', async ({ page, signIn }) => {
  await signIn(page);
  for (const [name, address] of Object.entries(addresses)) {
    await test.step(name, async () => {
      const nonces = new Set<string>();
      for (let i = 0; i < 2; i++) {
        const response = await page.goto(address);
        const headers = (await response?.allHeaders()) ?? {};
        const policy = headers['content-security-policy'] ?? '';
        nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none');
        for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
          expect(policy).toContain(part);
        }
        expect(policy).not.toMatch(/script-src[^;]*'unsafe-inline'/);
        expect(headers['x-content-type-options']).toBe('nosniff');
        expect(headers['cache-control']).toMatch(/no-store/);
        expect(headers['x-powered-by']).toBeUndefined();
      }
      expect(nonces.size).toBe(2);
      expect(nonces).not.toContain('none');
    });
  }
});

test('a policy sent by the caller is not taken over', async ({ server }) => {
  const sent = { 'content-security-policy': "script-src 'nonce-mine'", 'x-nonce': 'mine' };
  const response = await fetch(`${server.url}/sign-in`, { headers: sent });
  expect(response.headers.get('content-security-policy')).not.toContain('mine');
  expect(await response.text()).not.toContain('nonce="mine"');
});

test('API answers allow nothing and the image optimizer is not there', async ({ api }) => {
  for (const address of [
    '/api/health',
    '/api/batches',
    '/api/nothing',
    '/v1/nothing',
    '/sandbox/v1/nothing',
  ]) {
    const response = await api.call('GET', address);
    expect(response.headers.get('content-security-policy'), address).toContain("default-src 'none'");
    expect(response.headers.get('content-type'), address).toContain('application/json');
  }
  expect((await api.call('GET', '/_next/image?url=%2Ficon.svg&w=64&q=75')).status).toBe(404);
});

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForLoadState('networkidle').catch(() => {});
}

async function picture(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES !== '1') return;
  mkdirSync('docs/pictures', { recursive: true });
  await page.screenshot({ path: `docs/pictures/${name}.png` });
}
