import { gzipSync } from 'node:zlib';

/** What a page may weigh, as a multiple of an empty page of the framework. */
export const mostWeights = { list: 1.5, batch: 1.8, 'new batch': 1.9, shared: 1.5 } as const;
export type WeighedPage = keyof typeof mostWeights;

/** Gzipped scripts of a page: all that its HTML names, but what is for browsers without modules. */
export async function scriptBytes(url: string, headers: HeadersInit = {}): Promise<number> {
  const page = await fetch(url, { headers, redirect: 'manual' });
  if (page.status !== 200) throw new Error(`${url} answered ${page.status}.`);
  const html = (await page.text()).replaceAll(/<script[^>]*\bnoModule\b[^>]*>/gi, '');
  const scripts = new Set(html.match(/static\/chunks\/[^"'\\?<>]+\.js/g));
  if (scripts.size === 0) throw new Error(`${url} names no script.`);
  const sizes = [...scripts].map(async (script) => {
    const answer = await fetch(new URL(`/_next/${script}`, url));
    return gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 9 }).length;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
