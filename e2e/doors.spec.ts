import { request } from 'node:http';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Batch } from '#lib/model/batch';
import { jsonl, lines } from './api.ts';
import { expect, newSession, test } from './fixtures.ts';
import { builtRoutes } from './routes.ts';
import { person, type Server } from './server.ts';

const secretName = 'Nobody outside may read this name';
type Variant = [string, (path: string) => { path: string; headers?: Record<string, string> }];
const variants: Variant[] = [
  ['plain', (at) => ({ path: at })],
  ['.rsc', (at) => ({ path: `${at}.rsc` })],
  ['?_rsc=', (at) => ({ path: `${at}?_rsc=abc` })],
  ['RSC: 1', (at) => ({ path: at, headers: { rsc: '1' } })],
  [
    'segment prefetch',
    (at) => ({
      path: at,
      headers: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
    }),
  ],
  ['segment path', (at) => ({ path: `${at}.segments/_tree.segment.rsc` })],
  [
    'middleware skip',
    (at) => ({
      path: at,
      headers: { 'x-middleware-subrequest': Array(5).fill('middleware').join(':') },
    }),
  ],
  [
    'proxy skip',
    (at) => ({ path: at, headers: { 'x-middleware-subrequest': Array(5).fill('proxy').join(':') } }),
  ],
  ['//', (at) => ({ path: `/${at}` })],
  ['%2f', (at) => ({ path: at.replace(/\/(?=[^/]+$)/, '%2f') })],
  ['Host with #', (at) => ({ path: at, headers: { host: 'localhost#' } })],
  ['Host with ?', (at) => ({ path: at, headers: { host: 'localhost?' } })],
  ['absolute form', (at) => ({ path: `http://localhost${at}` })],
];

test('no route gives a protected byte to a stranger, however it is asked', async ({ api, server }) => {
  test.setTimeout(300_000);
  const file = await api.upload(jsonl(lines(2, 'sandbox/instant', secretName)), `${secretName}.jsonl`);
  const order = { fileId: file.id, connection: 'Sandbox', name: secretName };
  const batch = await api.send<Batch>('POST', '/api/batches', order);
  const secrets = [secretName, batch.id, file.id, batch.connection.id, person.email];
  await api.over(batch.id);
  const routes = builtRoutes(batch.id, batch.file.id);
  expect(routes.length).toBeGreaterThan(15);
  const { name, value } = await newSession(server);
  // The same question by a member does find the secret: else nothing below would prove anything.
  const seen = [
    '/batches',
    '/files',
    '/connections',
    '/settings',
    `/batches/${batch.id}`,
    `/batches/${batch.id}/r/1`,
  ];
  for (const page of [...seen, `/api/batches/${batch.id}`]) {
    const { text } = await raw(server, page, { cookie: `${name}=${value}` });
    expect(
      secrets.some((word) => text.includes(word)),
      page,
    ).toBe(true);
  }
  const revoked = `${name}=${value}`;
  await fetch(`${server.url}/api/session`, {
    method: 'DELETE',
    headers: { cookie: revoked, origin: server.url },
  });
  const expired = `${name}=${await expiredSession(server)}`;
  const strangers: Record<string, Record<string, string>> = {
    nothing: {},
    garbage: { cookie: `${name}=garbage`, authorization: 'Bearer %E0%A4%A' },
    'a made-up token': { authorization: 'Bearer bd_0000000000000000000000' },
    'an expired session': { cookie: expired },
    'a revoked session': { cookie: revoked },
  };
  const leaks: string[] = [];
  const askAs = async (who: string, headers: Record<string, string>, route: string, variant: Variant) => {
    const [name, make] = variant;
    const asked = make(route);
    const { status, text } = await raw(server, asked.path, { ...headers, ...asked.headers });
    const secret = secrets.some((word) => text.includes(word) && !asked.path.includes(word));
    if (secret || status >= 500) leaks.push(`${status} ${who}: ${name} ${route}`);
  };
  for (const route of routes) {
    for (const variant of variants) {
      const all = Object.entries(strangers).map(([who, headers]) => askAs(who, headers, route, variant));
      await Promise.all(all);
    }
  }
  expect(leaks).toEqual([]);
});

test('a stranger is sent to sign in and comes back', async ({ page, server }) => {
  for (const address of [
    '/batches',
    '/batches/new',
    '/files',
    '/connections',
    '/settings',
    '/batches/bat_x',
  ]) {
    const response = await fetch(server.url + address, { redirect: 'manual' });
    expect(response.status, address).toBe(307);
    expect(response.headers.get('location')).toContain(`/sign-in?next=${encodeURIComponent(address)}`);
  }
  await page.goto('/connections');
  await page.getByLabel('Email').fill('op@example.com');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/connections$/);
});

test('a wrong password says so and a strange next never leaves the house', async ({ page, server }) => {
  await page.goto('/sign-in?next=%2F%2Fevil.example');
  await page.getByLabel('Email').fill('op@example.com');
  await page.getByLabel('Password', { exact: true }).fill('not this one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText(/wrong/i).first()).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await expect(async () => {
    const button = page.getByRole('button', { name: 'Sign in' });
    if (await button.isVisible()) await button.click({ timeout: 1_000 }).catch(() => {});
    await expect(page).toHaveURL(new RegExp(`^${server.at('localhost')}/batches`), { timeout: 2_000 });
  }).toPass();
});

test('a session that ends while a batch is watched says so and keeps what was shown', async ({
  page,
  signIn,
  api,
}) => {
  const batch = await api.create(lines(1, 'sandbox/slow'), 'Watched to the end');
  await signIn(page);
  await page.goto(`/batches/${batch.id}`);
  await expect(page.getByRole('heading', { name: 'Watched to the end' })).toBeVisible();
  await page.context().clearCookies();
  await expect(page.getByText('Your session has ended')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Watched to the end' })).toBeVisible();
});

test('a page that is not there answers 404 to a member', async ({ page, signIn }) => {
  await signIn(page);
  for (const address of ['/batches/bat_none', '/batches/bat_none/r/1', '/nothing/here']) {
    expect((await page.goto(address))?.status(), address).toBe(404);
  }
});

/** A session whose time is over, made by setting its end into the past. */
async function expiredSession(server: Server): Promise<string> {
  const { value } = await newSession(server);
  const store = new DatabaseSync(path.join(server.dataDir, 'batchdeck.sqlite'), { timeout: 5_000 });
  store.exec('update sessions set expires_at = 1 where created_at = (select max(created_at) from sessions)');
  store.close();
  return value;
}

/** fetch tidies addresses up; a stranger does not. */
function raw(
  server: Server,
  asked: string,
  headers: Record<string, string>,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const sent = request({ hostname, port, path: asked, headers, agent: false }, async (response) => {
      let text = '';
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
      resolve({ status: response.statusCode ?? 0, text });
    });
    sent.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' ? resolve({ status: 400, text: '' }) : reject(error),
    );
    sent.end();
  });
}
