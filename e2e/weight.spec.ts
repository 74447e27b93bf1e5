import { gzipSync } from 'node:zlib';
import { expect, newSession, test } from './fixtures.ts';

/** What an empty page of the framework ships to a modern browser, gzipped; measured, see docs/decisions/026. */
const emptyPage = 134_500;

test('New batch ships at most 1.9 times what an empty page does', async ({ server }) => {
  const { name, value } = await newSession(server);
  const page = await fetch(`${server.url}/batches/new`, { headers: { cookie: `${name}=${value}` } });
  const tags = [...(await page.text()).matchAll(/<script[^>]*src="([^"]+)"[^>]*>/g)];
  const modern = tags.filter(([tag]) => !/nomodule/i.test(tag)).map(([, source]) => source ?? '');
  const sizes = [...new Set(modern)].map(async (source) => {
    const script = await fetch(server.url + source);
    return gzipSync(await script.arrayBuffer()).length;
  });
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  test.info().annotations.push({ type: 'weight', description: `${(bytes / emptyPage).toFixed(2)} ×` });
  expect(modern.length).toBeGreaterThan(5);
  expect(bytes / emptyPage).toBeLessThanOrEqual(1.9);
});
