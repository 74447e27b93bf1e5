import { mostWeights, scriptBytes, type WeighedPage } from '#lib/commands/page-weights';
import { lines } from './api.ts';
import { expect, newSession, test } from './fixtures.ts';

/** What an empty page of the framework ships to a modern browser, gzipped; measured, see docs/decisions/026. */
const emptyPage = 134_500;

test('no page ships more scripts than it may, by the weight of an empty one', async ({ server, api }) => {
  const { id } = await api.create(lines(1), 'Weighed');
  const share = await api.send<{ url: string }>('POST', `/api/batches/${id}/shares`, { scope: 'downloads' });
  const pages: Record<WeighedPage, string> = {
    list: '/batches',
    batch: `/batches/${id}`,
    'new batch': '/batches/new',
    shared: new URL(share.url).pathname,
  };
  const { name, value } = await newSession(server);
  for (const [page, most] of Object.entries(mostWeights)) {
    const url = server.url + pages[page as WeighedPage];
    const weight = (await scriptBytes(url, { cookie: `${name}=${value}` })) / emptyPage;
    test.info().annotations.push({ type: 'weight', description: `${page} ${weight.toFixed(2)} ×` });
    expect(weight, page).toBeLessThanOrEqual(most);
  }
});
