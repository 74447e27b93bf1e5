import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { apiOf, lines } from './api.ts';
import { expect, test } from './fixtures.ts';

const names = [
  'batches',
  'new-batch',
  'batch',
  'charts',
  'result',
  'files',
  'connections',
  'connection',
  'settings',
  'sign-in',
  'share',
  'not-found',
] as const;
let addresses: Record<(typeof names)[number], string>;

test.beforeAll(async ({ server }) => {
  const api = apiOf(server);
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
    charts: `/batches/${batch.id}?tab=charts`,
    result: `/batches/${batch.id}/r/1`,
    files: '/files',
    connections: '/connections',
    connection: `/connections/${batch.connection.id}`,
    settings: '/settings',
    'sign-in': '/sign-in',
    share: new URL(url).pathname,
    'not-found': '/no-such-page',
  };
});

for (const name of names) {
  test(`axe finds nothing on ${name} in light and dark, and each answer has a nonce policy of its own`, async ({
    page,
    signIn,
    axe,
  }) => {
    if (name !== 'sign-in' && name !== 'share') await signIn(page);
    const refused: string[] = [];
    page.on(
      'console',
      (message) => /Content Security Policy/i.test(message.text()) && refused.push(message.text()),
    );
    const nonces = new Set<string>();
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      const response = await page.goto(addresses[name]);
      expect(response?.status()).toBe(name === 'not-found' ? 404 : 200);
      nonces.add(nonceOf((await response?.allHeaders()) ?? {}));
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await axe(page);
      await picture(page, `${name}-${theme}`);
    }
    expect(nonces.size).toBe(2);
    expect(refused).toEqual([]);
  });
}

test('a policy sent by the caller is not taken over', async ({ server }) => {
  const sent = { 'content-security-policy': "script-src 'nonce-mine'", 'x-nonce': 'mine' };
  for (const address of ['/sign-in', '/no-such-page', '/favicon.ico', '/iconography', '/_next/nothing']) {
    const response = await fetch(server.url + address, { headers: sent });
    const policy = response.headers.get('content-security-policy');
    expect(policy, address).toContain("'strict-dynamic'");
    expect(policy, address).not.toContain('mine');
    expect(await response.text(), address).not.toContain('nonce="mine"');
  }
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

/** Of a page with the guarding headers. */
function nonceOf(headers: Record<string, string>): string {
  const policy = headers['content-security-policy'] ?? '';
  for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
    expect(policy).toContain(part);
  }
  expect(policy).not.toMatch(/script-src[^;]*'unsafe-inline'/);
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['cache-control']).toMatch(/no-store/);
  expect(headers['x-powered-by']).toBeUndefined();
  const [, nonce = ''] = /'nonce-([^']+)'/.exec(policy) ?? [];
  expect(nonce).not.toBe('');
  return nonce;
}

async function picture(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES !== '1') return;
  mkdirSync('docs/pictures', { recursive: true });
  await page.screenshot({ path: `docs/pictures/${name}.png` });
}
