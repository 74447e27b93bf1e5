import { gzipSync } from 'node:zlib';

import type { Bench, Case, Row } from './case.ts';
import type { Collected } from './collecting.ts';
import { startEmptyApp } from './empty-app.ts';

/** Gzipped scripts of a page: all that its HTML names, but what is for browsers without modules. */
export async function weighing({ closing }: Bench, { app, batchId }: Collected): Promise<Case[]> {
  const empty = await startEmptyApp();
  closing(empty.stop);
  const share = await app.call('POST', `/api/batches/${batchId}/shares`, { scope: 'downloads' });
  const { url } = (await share.json()) as { url: string };
  const cookie = await app.signIn();
  const pages: [string, string, number | null][] = [
    ['list', '/batches', 1.5],
    ['batch', `/batches/${batchId}`, 1.8],
    ['new batch', '/batches/new', null],
    ['shared', new URL(url).pathname, 1.5],
    ['sign-in', '/sign-in', null],
  ];
  const row = ([name, , bar]: (typeof pages)[number]): Row => ({
    name: `scripts of the page: ${name}`,
    unit: 'kB',
    floorName: 'empty page',
    bar,
  });
  return [
    {
      rounds: 1,
      rows: pages.map(row),
      async ours() {
        const weights = [];
        // Signed in, the sign-in page sends on; signed out, it is drawn.
        for (const [name, path] of pages)
          weights.push(await weightOf(app.url, path, name === 'sign-in' ? {} : { cookie }));
        return weights;
      },
      async floor() {
        const weight = await weightOf(empty.url, '/', {});
        return pages.map(() => weight);
      },
    },
  ];
}

async function weightOf(origin: string, path: string, headers: HeadersInit): Promise<number> {
  const page = await fetch(origin + path, { headers, redirect: 'manual' });
  if (page.status !== 200) throw new Error(`${path} answered ${page.status}.`);
  const html = (await page.text()).replaceAll(/<script[^>]*\bnoModule\b[^>]*>/gi, '');
  const scripts = new Set(html.match(/static\/chunks\/[^"'\\?<>]+\.js/g));
  let bytes = 0;
  for (const script of scripts) {
    const answer = await fetch(`${origin}/_next/${script}`);
    bytes += gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 9 }).length;
  }
  return bytes / 1000;
}
