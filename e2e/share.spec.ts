import { lines } from './api.ts';
import { expect, test } from './fixtures.ts';

const batchKeys = [
  'checkedAt',
  'cost',
  'counts',
  'countsAre',
  'models',
  'name',
  'phase',
  'progress',
  'times',
  'unpriced',
  'usage',
  'waits',
];

type Link = { url: string; share: { id: string } };

test('a link reaches one batch and what it allows, nothing beside it', async ({ api, server }) => {
  const mine = await api.create(lines(3), 'Shared');
  const other = await api.create(lines(2, 'sandbox/instant', 'secret'), 'Not shared');
  await Promise.all([api.over(mine.id), api.over(other.id)]);
  const share = (scope: string) => api.send<Link>('POST', `/api/batches/${mine.id}/shares`, { scope });
  const [status, results, downloads] = [
    await share('status'),
    await share('results'),
    await share('downloads'),
  ];
  const at = (link: Link, rest = '') => fetch(`${server.url}${new URL(link.url).pathname}${rest}`);
  const code = async (link: Link, rest = '') => (await at(link, rest)).status;

  const shown = (await (await at(status, '/batch')).json()) as Record<string, unknown>;
  expect(Object.keys(shown).sort()).toEqual(batchKeys);
  const text = JSON.stringify(shown);
  for (const hidden of [mine.id, other.id, 'op@example.com', 'bat_', 'con_', 'usr_', 'fil_']) {
    expect(text).not.toContain(hidden);
  }
  const page = (await (await at(results, '/results')).json()) as { items: Record<string, unknown>[] };
  expect(Object.keys(page.items[0] ?? {}).sort()).toEqual(rowKeys);
  expect(page.items.map((row) => row.customId)).toEqual(['row-1', 'row-2', 'row-3']);

  expect(await code(status, '/results')).toBe(404);
  expect(await code(status, '/results/1')).toBe(404);
  expect(await code(results, '/results/1')).toBe(200);
  expect(await code(results, '/results/4')).toBe(404);
  expect(await code(results, '/exports/output.jsonl')).toBe(404);
  expect(await code(downloads, '/exports/output.jsonl')).toBe(200);

  const odd = [
    '/exports/..%2f..%2fbatchdeck.sqlite',
    '/files',
    '/shares',
    `/batch/${other.id}`,
    '/results/0',
  ];
  for (const rest of odd) expect(await code(results, rest), rest).toBe(404);
  for (const query of [
    "?outcome='%20or%201=1--",
    '?cursor=1%20union%20select',
    '?limit=x',
    '?outcome=a&outcome=b',
  ]) {
    const answer = await at(results, `/results${query}`);
    expect([200, 400], query).toContain(answer.status);
    expect(await answer.text(), query).not.toContain('secret');
  }
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    for (const rest of ['', '/batch', '/results']) {
      const path = `${server.url}${new URL(results.url).pathname}${rest}`;
      const answer = await fetch(path, { method, headers: { origin: server.url } });
      // A page answers any method with itself; the data behind it is for GET alone.
      expect(rest === '' ? [200, 404, 405] : [404, 405], `${method} ${rest}`).toContain(answer.status);
      expect(await answer.text(), `${method} ${rest}`).not.toContain('secret');
    }
  }

  await api.send('DELETE', `/api/shares/${results.share.id}`, {}).catch(() => {});
  const random = 'A'.repeat(43);
  for (const rest of ['', '/batch', '/results', '/results/1']) {
    expect(await code(results, rest), `revoked ${rest}`).toBe(404);
    expect((await fetch(`${server.url}/s/${random}${rest}`)).status, `random ${rest}`).toBe(404);
  }
  const dead = async (path: string) => (await fetch(server.url + path)).text();
  expect(await dead(`${new URL(results.url).pathname}/batch`)).toBe(await dead(`/s/${random}/batch`));

  for (const link of [status, results, downloads]) {
    const token = new URL(link.url).pathname.split('/')[2] ?? 'none';
    expect(server.log).not.toContain(token);
  }
});

test('a shared page says aloud where the batch stands and nothing that moves every second', async ({
  api,
  page,
}) => {
  const batch = await api.create(lines(1, 'sandbox/slow'), 'Followed by a stranger');
  const link = await api.send<Link>('POST', `/api/batches/${batch.id}/shares`, { scope: 'status' });
  await page.goto(new URL(link.url).pathname);
  const status = page.getByRole('region', { name: 'Status' });
  await expect(status.getByRole('status')).toHaveText('running');

  await api.call('DELETE', `/api/shares/${link.share.id}`);
  await expect(page.getByText('This link has ended')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Followed by a stranger' })).toBeVisible();
});

test('odd tokens are simply not found', async ({ server }) => {
  for (const token of [
    ':token',
    '[token]',
    '%5Btoken%5D',
    '%00',
    'x'.repeat(10_000),
    "' or 1=1",
    '..%2f..',
  ]) {
    const answer = await fetch(`${server.url}/s/${token}/batch`);
    expect([400, 404, 414, 431], token.slice(0, 20)).toContain(answer.status);
  }
});

test('a shared page is not indexed, not cached, not referred, and says no secret', async ({
  api,
  server,
}) => {
  const batch = await api.create(lines(1), 'Quiet');
  await api.over(batch.id);
  const { url } = await api.send<Link>('POST', `/api/batches/${batch.id}/shares`, { scope: 'results' });
  const page = await fetch(server.url + new URL(url).pathname, { headers: { 'user-agent': 'Slackbot' } });
  expect(page.status).toBe(200);
  expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  expect(page.headers.get('x-robots-tag')).toMatch(/noindex/);
  expect(page.headers.get('cache-control')).toMatch(/no-store/);
  expect(await page.text()).not.toMatch(/<link[^>]+canonical|og:url/);

  const link = server.url + new URL(url).pathname;
  await fetch(link, { method: 'HEAD' });
  const part = await fetch(link, { headers: { range: 'bytes=0-100' } });
  expect(await part.text()).not.toContain('Quiet');
  const views = async () => {
    const { items } = await api.get<{ items: { views: number }[] }>(`/api/batches/${batch.id}/shares`);
    return items[0]?.views;
  };
  expect(await views()).toBe(0);
  expect(await (await fetch(link)).text()).toContain('Quiet');
  expect(await views()).toBe(1);
});

const rowKeys = [
  'attempt',
  'cost',
  'customId',
  'errorCode',
  'finishReason',
  'flags',
  'group',
  'httpStatus',
  'model',
  'ordinal',
  'outcome',
  'preview',
  'usage',
];
