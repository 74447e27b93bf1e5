import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright/test';
import { apiOf, lines } from './api.ts';
import { startFakeProvider } from './fake-provider.ts';
import { expect, newSession, test } from './fixtures.ts';
import { createButton, fillRequest } from './screen.ts';
import { provisioned, type Server, startServer } from './server.ts';

type Mood = 'good' | 'refusing' | 'page';

/** A provider that takes one key, or shows a web page, as it is told. */
async function startMoody() {
  const keys: (string | undefined)[] = [];
  let mood: Mood = 'good';
  const server = createServer((request, response) => {
    keys.push(request.headers.authorization);
    const json = { 'content-type': 'application/json' };
    const error = (message: string) => JSON.stringify({ error: { message } });
    if (mood === 'page') response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>');
    else if (mood === 'refusing') response.writeHead(401, json).end(error('Incorrect API key'));
    else response.writeHead(404, json).end(error('No such batch'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    keys,
    baseUrl: `http://127.0.0.1:${port}/v1`,
    turn: (next: Mood) => {
      mood = next;
    },
    close: () => server.close(),
  };
}

let server: Server;
let moody: Awaited<ReturnType<typeof startMoody>>;
let closedPort: string;

test.beforeAll(async () => {
  moody = await startMoody();
  const closed = await startMoody();
  closedPort = closed.baseUrl;
  closed.close();
  const byFile = {
    name: 'From the file',
    preset: 'inline-compatible',
    baseUrl: moody.baseUrl,
    apiKey: 'sk-file-0123456789',
  };
  server = await startServer({
    provision: { ...provisioned, connections: [byFile] },
    env: { BATCHDECK_ALLOW_PRIVATE: '127.0.0.1/32:*' },
  });
});
test.afterAll(async () => {
  await server.clear();
  moody.close();
});

test.beforeEach(async ({ page }) => {
  const url = server.at('localhost');
  const cookie = { ...(await newSession(server)), httpOnly: true, secure: true, sameSite: 'Lax' } as const;
  await page.context().addCookies([{ ...cookie, url: url.replace('http:', 'https:') }]);
  await page.goto(`${url}/connections`);
});

const row = (page: Page, name: string) =>
  page
    .getByRole('list', { name: 'Connections' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name, exact: true }) });

async function act(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

async function add(page: Page, preset: string): Promise<void> {
  await page.getByRole('button', { name: 'Add connection' }).click();
  await page.getByRole('dialog').getByRole('button', { name: preset, exact: true }).click();
}

const save = (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Add connection' }).click();

test('a sandbox that misbehaves is picked by keyboard alone', async ({ page }) => {
  await page.getByRole('button', { name: 'Add connection' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Find a provider')).toBeFocused();
  await page.keyboard.type('misbehaves');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Bad day');
  await dialog.getByLabel('Behavior').selectOption({ label: 'Is busy' });
  await dialog.getByLabel('Behavior').press('Tab');
  await page.getByRole('dialog').getByLabel('Name').press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Add connection' })).toBeFocused();
  await expect(row(page, 'Bad day')).toContainText('is busy');
  await row(page, 'Bad day').getByRole('link', { name: 'Bad day' }).click();
  await expect(page.getByRole('region', { name: 'Limits and terms' })).toContainText('busy');
});

test('a check says what is wrong: refused, then the key, then a web page, then nothing', async ({ page }) => {
  moody.turn('good');
  await add(page, 'Inline-compatible');
  const dialog = page.getByRole('dialog');
  await save(page);
  await expect(dialog.getByLabel('Base URL')).toBeFocused();
  await dialog.getByLabel('Base URL').fill(closedPort);
  await dialog.getByLabel('Name').fill('Moody');
  await dialog.getByLabel('Key', { exact: true }).fill('sk-first-0123456789');
  await save(page);
  await expect(row(page, 'Moody')).toContainText('last check failed');
  await expect(row(page, 'Moody')).toContainText('did not accept a connection');

  moody.turn('refusing');
  await act(page, 'Moody', 'Edit…');
  await dialog.getByLabel('Base URL').fill(moody.baseUrl);
  await expect(dialog).toContainText('bound to the old address');
  await dialog.getByLabel('Key', { exact: true }).fill('sk-second-0123456789');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(row(page, 'Moody')).toContainText('key refused');
  await expect(row(page, 'Moody')).toContainText('Incorrect API key');

  moody.turn('page');
  await page.getByRole('button', { name: 'Check now, Moody' }).click();
  await expect(row(page, 'Moody')).toContainText('A web page is at this address');

  moody.turn('good');
  await page.getByRole('button', { name: 'Check now, Moody' }).click();
  await expect(row(page, 'Moody')).toContainText('ready');
  await expect(row(page, 'Moody')).toContainText(/checked (just now|\d)/);
});

test('a key is replaced, and the new one is what the provider then sees', async ({ page }) => {
  const api = apiOf(server);
  const made = {
    name: 'Rotating',
    preset: 'inline-compatible',
    baseUrl: moody.baseUrl,
    apiKey: 'sk-old-0123456789',
  };
  const { id } = await api.send<{ id: string }>('POST', '/api/connections', made);
  moody.turn('refusing');
  await api.send('POST', `/api/connections/${id}/check`, {});
  await page.goto(`${server.at('localhost')}/connections/${id}`);
  moody.turn('good');
  await page.getByRole('alert').getByRole('button', { name: 'Replace key' }).click();
  await page.getByLabel('New key').fill('sk-canary-new-77778888');
  await page.getByRole('dialog').getByRole('button', { name: 'Replace key' }).click();
  await expect(page.getByText('key …8888')).toBeVisible();
  await expect(page.getByRole('main').getByText('ready', { exact: true })).toBeVisible();
  expect(moody.keys.at(-1)).toBe('Bearer sk-canary-new-77778888');
  await expect(page.getByRole('region', { name: 'History' })).toContainText('Key replaced');
  expect(await page.content()).not.toContain('sk-canary-new');
});

test('a pause says who and why, and ends', async ({ page }) => {
  await act(page, 'Sandbox', 'Pause…');
  await page.getByLabel('Why').fill('Budget is spent');
  await page.getByRole('button', { name: 'Pause Sandbox' }).click();
  await expect(row(page, 'Sandbox')).toContainText('Paused by op@example.com. Budget is spent.');
  await act(page, 'Sandbox', 'Resume');
  await expect(row(page, 'Sandbox')).not.toContainText('Paused');
});

test('what a batch needs is deleted by force only, and the batch then ends as failed', async ({ page }) => {
  const provider = await startFakeProvider();
  const api = apiOf(server);
  const made = {
    name: 'Doomed',
    preset: 'inline-compatible',
    baseUrl: provider.baseUrl,
    apiKey: 'sk-0123456789',
  };
  await api.send('POST', '/api/connections', made);
  const { id } = await api.create(lines(3), 'Needs it', 'Doomed');
  await api.until(id, ({ phase }) => phase === 'running' || phase === 'pending');
  const refused = await api.call('DELETE', '/api/connections/Doomed');
  expect([refused.status, (await refused.json()).error.message]).toEqual([
    409,
    expect.stringContaining('1 unfinished'),
  ]);

  await page.reload();
  await expect(row(page, 'Doomed')).toContainText('1 running');
  await act(page, 'Doomed', 'Delete…');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('it ends as failed without another call');
  await expect(dialog.getByRole('button', { name: 'Delete Doomed' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await dialog.getByLabel('Give up 1 batch and delete Doomed').check();
  await dialog.getByRole('button', { name: 'Delete Doomed' }).click();
  await expect(row(page, 'Doomed')).toHaveCount(0);
  const calls = provider.seen.length;
  expect(await api.over(id)).toMatchObject({ phase: 'failed', counts: { failed: 3 } });
  expect((await api.results(id)).map(({ errorCode }) => errorCode)).toEqual(
    Array(3).fill('connection_deleted'),
  );
  expect(provider.seen.length).toBe(calls);
  provider.close();
});

test('what the file sets is read-only, the rest is not', async ({ page }) => {
  await page.getByRole('button', { name: 'Actions for From the file' }).click();
  const remove = page.getByRole('menuitem', { name: /Delete/ });
  await expect(remove).toHaveAttribute('aria-disabled', 'true');
  await expect(remove).toContainText('set by the provisioning file');
  await page.getByRole('menuitem', { name: 'Edit…' }).click();
  const dialog = page.getByRole('dialog');
  for (const name of ['Name', 'Base URL', 'Key']) {
    await expect(dialog.getByLabel(name, { exact: true })).not.toBeEditable();
  }
  await dialog.getByText('Limits, price and time').click();
  await dialog.getByLabel('Requests in a batch, at most').fill('many');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toContainText('Write a whole number');
  await dialog.getByLabel('Requests in a batch, at most').fill('5,000');
  await dialog.getByLabel('Bytes in a batch, at most').fill('100 MB');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await row(page, 'From the file').getByRole('link', { name: 'From the file' }).click();
  await expect(page.getByRole('region', { name: 'Limits and terms' })).toContainText('5,000');
  await expect(page.getByRole('region', { name: 'Limits and terms' })).toContainText('100 MB');
});

test('a gateway is told which provider is behind it', async ({ page }) => {
  await add(page, 'Portkey');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Provider').selectOption('bedrock');
  await dialog.getByLabel('Base URL').fill(moody.baseUrl);
  await dialog.getByLabel('Key', { exact: true }).fill('sk-0123456789');
  await save(page);
  await row(page, 'Portkey').getByRole('link', { name: 'Portkey' }).click();
  await expect(page.getByRole('region', { name: 'Limits and terms' })).toContainText('bedrock');

  await page.goto(`${server.at('localhost')}/batches/new`);
  await page.getByRole('combobox', { name: 'Connection' }).click();
  await page.getByRole('option', { name: /^Portkey/ }).click();
  await expect(page.getByLabel('Provider')).toHaveValue('bedrock');
  await page.getByLabel('Provider').selectOption('vertex-ai');
  await fillRequest(page, 0, 'a', 'Hello');
  await createButton(page).click();
  await page.getByRole('tab', { name: 'Details' }).click();
  await expect(page.getByRole('region', { name: 'Details' })).toContainText('x-portkey-provider: vertex-ai');
});

test('a click beside a form and a way back lose nothing that was typed', async ({ page }) => {
  await add(page, 'Siraya AI');
  const key = page.getByRole('dialog').getByLabel('Key', { exact: true });
  await key.fill('sk-0123456789');
  await page.mouse.click(5, 5);
  await expect(key).toHaveValue('sk-0123456789');
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Siraya AI', exact: true }).click();
  await expect(key).toHaveValue('sk-0123456789');
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the dialogs, ${theme}`, async ({ page, axe }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'Add connection' }).click();
    await expect(page.getByLabel('Find a provider')).toBeVisible();
    await axe(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Portkey', exact: true }).click();
    await page.getByText('Limits, price and time').click();
    await page.getByText('Headers', { exact: true }).click();
    await save(page);
    await axe(page);
    await page.keyboard.press('Escape');
    for (const action of ['Edit…', 'Pause…', 'Delete…']) {
      await act(page, 'Sandbox', action);
      await expect(page.getByRole('dialog')).toBeVisible();
      await axe(page);
      await page.keyboard.press('Escape');
    }
  });
}

test('a phone shows the whole list', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await expect(row(page, 'From the file')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.getByRole('button', { name: 'Add connection' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Groq', exact: true }).click();
  await expect(page.getByRole('dialog').getByLabel('Key', { exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});
