import { mostWeights, scriptBytes, type WeighedPage } from '#lib/commands/page-weights';
import type { Bench, Case, Row } from './case.ts';
import type { Collected } from './collecting.ts';
import { startEmptyApp } from './empty-app.ts';

/** What each page ships, by the weight of an empty one. */
export async function weighing({ closing }: Bench, { app, batchId }: Collected): Promise<Case[]> {
  const empty = await startEmptyApp();
  closing(empty.stop);
  const share = await app.call('POST', `/api/batches/${batchId}/shares`, { scope: 'downloads' });
  const { url } = (await share.json()) as { url: string };
  const cookie = await app.signIn();
  const pages: Record<WeighedPage | 'sign-in', string> = {
    list: '/batches',
    batch: `/batches/${batchId}`,
    'new batch': '/batches/new',
    shared: new URL(url).pathname,
    'sign-in': '/sign-in',
  };
  const row = (name: string): Row => ({
    name: `scripts of the page: ${name}`,
    unit: 'kB',
    floorName: 'empty page',
    bar: Object.entries(mostWeights).find(([page]) => page === name)?.[1] ?? null,
  });
  return [
    {
      rounds: 1,
      rows: Object.keys(pages).map(row),
      async ours() {
        const weights = [];
        // Signed in, the sign-in page sends on; signed out, it is drawn.
        for (const [name, path] of Object.entries(pages)) {
          const bytes = await scriptBytes(app.url + path, name === 'sign-in' ? {} : { cookie });
          weights.push(bytes / 1000);
        }
        return weights;
      },
      async floor() {
        const weight = (await scriptBytes(`${empty.url}/`)) / 1000;
        return Object.keys(pages).map(() => weight);
      },
    },
  ];
}
