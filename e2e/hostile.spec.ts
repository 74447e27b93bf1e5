import type { Browser, Page } from 'playwright/test';
import { type Api, apiOf } from './api.ts';
import { startFakeProvider } from './fake-provider.ts';
import { expect, newSession, test } from './fixtures.ts';
import { payloads } from './hostile-payloads.ts';
import { resultsTable } from './screen.ts';
import { provisioned, type Server, startServer } from './server.ts';

const together = 8;
const heaps = Array.from({ length: Math.ceil(payloads.length / together) }, (_, n) =>
  payloads.slice(n * together, (n + 1) * together),
);

let provider: Awaited<ReturnType<typeof startFakeProvider>>;
let server: Server;
let batch: { id: string; link: string };

test.beforeAll(async () => {
  provider = await startFakeProvider((customId) => said(customId));
  server = await startServer({
    provision: { ...provisioned, connections: [{ ...gateway, baseUrl: provider.baseUrl }] },
    env: { BATCHDECK_ALLOW_PRIVATE: `127.0.0.1/32:${provider.port}` },
  });
  batch = await answered(apiOf(server));
});
test.afterAll(async () => {
  provider.close();
  await server.clear();
});

const gateway = { name: 'Gateway', preset: 'inline-compatible', apiKey: 'sk-1' };

/** A heap holds each of its payloads in every kind of block; a row of its own has one in its name and its words. */
function said(customId: string): object[] {
  const heap = heaps[Number(/^heap-(\d+)$/.exec(customId)?.[1] ?? -1)];
  if (!heap) return [{ type: 'text', text: customId.replace(/^\d+ /, '') }];
  return heap.flatMap((text, n) => [
    { type: 'text', text },
    ...(n % 3 === 0 ? [{ type: 'thinking', thinking: text }] : []),
    ...(n % 3 === 1 ? [{ type: 'tool_use', id: text, name: text, input: { [text]: text } }] : []),
  ]);
}

async function answered(api: Api): Promise<{ id: string; link: string }> {
  provider.finish();
  const one = payloads[0] ?? '';
  const request = (custom_id: string, content: string) => ({
    custom_id,
    params: { model: one, max_tokens: 8, messages: [{ role: 'user', content }] },
  });
  const rows = [
    ...heaps.map((heap, n) => request(`heap-${n}`, heap.join('\n\n'))),
    ...payloads.map((text, n) => request(`${n} ${text}`.slice(0, 240), text)),
  ];
  const name = `<img src=x onerror="window.ran=1">`;
  const { id } = await api.create(rows, name, gateway.name);
  await api.send('PATCH', `/api/batches/${id}`, { name, note: payloads.slice(0, 9).join(' '), tags: [name] });
  expect((await api.over(id)).counts.succeeded).toBe(rows.length);
  const link = await api.send<{ url: string }>('POST', `/api/batches/${id}/shares`, { scope: 'results' });
  return { id, link: new URL(link.url).pathname };
}

/** What ran, what opened and what left the house. */
async function watched(
  browser: Browser,
  bypassCSP: boolean,
): Promise<{ page: Page; seen: () => Promise<string[]> }> {
  const context = await browser.newContext({ baseURL: server.at('localhost'), bypassCSP });
  const { name, value } = await newSession(server);
  const url = server.at('localhost').replace('http:', 'https:');
  await context.addCookies([{ name, value, url, secure: true }]);
  const page = await context.newPage();
  const found: string[] = [];
  page.on('dialog', (dialog) => {
    found.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const to = new URL(request.url());
    const ours = to.origin === server.at('localhost') || to.href.startsWith('data:image/svg+xml,%3Csvg');
    if (!ours) found.push(`request ${to.href}`);
  });
  const ran = () => page.evaluate(() => (window as unknown as { ran?: number }).ran);
  return { page, seen: async () => [...found, ...((await ran()) === undefined ? [] : ['a script ran'])] };
}

async function scrollThrough(page: Page): Promise<void> {
  const last = resultsTable(page)
    .locator('a[data-row]')
    .filter({ hasText: `${payloads.length - 1} ` });
  await resultsTable(page).hover();
  await expect(async () => {
    await page.mouse.wheel(0, 900);
    await expect(last).toBeVisible({ timeout: 50 });
  }).toPass({ timeout: 60_000, intervals: [20] });
}

test('what a model wrote stays text in the list, the table and on the page of each result', async ({
  browser,
}) => {
  expect(payloads.length).toBeGreaterThanOrEqual(300);
  const { page, seen } = await watched(browser, false);
  await page.goto('/batches');
  await expect(page.getByRole('link', { name: 'onerror' })).toBeVisible();
  await page.goto(`/batches/${batch.id}`);
  await expect(page).toHaveTitle(/onerror/);
  await scrollThrough(page);
  await page.goto(`/batches/${batch.id}/r/1`);
  for (const [n] of heaps.entries()) {
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`heap-${n}`);
    await page.keyboard.press('j');
  }
  expect(await seen()).toEqual([]);
});

test('it stays text behind a link too, and without the policy that would stop it', async ({ browser }) => {
  const { page, seen } = await watched(browser, true);
  await page.goto(`/batches/${batch.id}`);
  await scrollThrough(page);
  await page.goto(batch.link);
  await page.getByRole('link', { name: 'heap-0', exact: true }).click();
  for (const [n] of heaps.entries()) {
    await expect(
      page.getByRole('dialog').getByRole('heading', { name: `heap-${n}`, exact: true }),
    ).toBeVisible();
    await page.keyboard.press('j');
  }
  expect(await seen()).toEqual([]);
});

test('words that are drawn as HTML would be caught', async ({ browser }) => {
  const { page, seen } = await watched(browser, true);
  await page.goto('/batches');
  await page.evaluate(
    (all) => {
      const place = document.createElement('div');
      document.body.append(place);
      place.innerHTML = all.join('');
    },
    payloads.filter((text) => text.startsWith('<img') || text.startsWith('<svg')),
  );
  await expect
    .poll(seen)
    .toEqual(expect.arrayContaining(['a script ran', expect.stringMatching(/^request/)]));
});
