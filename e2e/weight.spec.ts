import { gzipSync } from 'node:zlib';
import { lines } from './api.ts';
import { expect, newSession, test } from './fixtures.ts';
import type { Server } from './server.ts';

/** What an empty page of the framework ships to a modern browser, gzipped; measured, see docs/decisions/026. */
const emptyPage = 134_500;

async function weigh(server: Server, path: string): Promise<number> {
  const { name, value } = await newSession(server);
  const page = await fetch(server.url + path, { headers: { cookie: `${name}=${value}` } });
  const tags = [...(await page.text()).matchAll(/<script[^>]*src="([^"]+)"[^>]*>/g)];
  const modern = tags.filter(([tag]) => !/nomodule/i.test(tag)).map(([, source]) => source ?? '');
  const sizes = [...new Set(modern)].map(async (source) => {
    const script = await fetch(server.url + source);
    return gzipSync(await script.arrayBuffer()).length;
  });
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  test.info().annotations.push({
    type: 'weight',
    description: `${path.split('/').at(1)} ${(bytes / emptyPage).toFixed(3)} ×`,
  });
  expect(modern.length).toBeGreaterThan(5);
  return bytes / emptyPage;
}

test('New batch ships at most 1.9 times what an empty page does', async ({ server }) => {
  expect(await weigh(server, '/batches/new')).toBeLessThanOrEqual(1.9);
});

test('a batch ships at most 1.8 times what an empty page does; its charts come when they are seen', async ({
  server,
  api,
}) => {
  const { id } = await api.create(lines(1), 'Weighed');
  expect(await weigh(server, `/batches/${id}`)).toBeLessThanOrEqual(1.8);
});
