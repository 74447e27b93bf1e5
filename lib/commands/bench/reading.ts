import path from 'node:path';
import type { ResultPage } from '#lib/results/list-results';
import { type Bench, type Case, timed } from './case.ts';
import { measure, startOwn } from './child.ts';
import type { Collected } from './collecting.ts';
import { needle } from './lines.ts';
import { cpuMs } from './system.ts';

const polls = 1_000;
const pages = 20;

/** What is done with a batch of 100,000 results once it is there. */
export async function reading(
  { home, closing }: Bench,
  { app, batchId, results }: Collected,
): Promise<Case[]> {
  const bare = await startOwn('bare-server.ts', path.join(home, 'sink'));
  closing(bare.stop);
  const at = `/api/batches/${batchId}`;
  const page = (cursor: string | null) => async () => {
    const one = async () => {
      for (let n = 0; n < pages; n++)
        await app.get(`${at}/results?limit=50${cursor === null ? '' : `&cursor=${cursor}`}`);
    };
    return [(await timed(one)) / pages];
  };
  const last = await cursorNearTheEnd(async (query) => app.get<ResultPage>(`${at}/results${query}`));
  const headers = { ...app.headers, 'if-none-match': (await app.call('GET', at)).headers.get('etag') ?? '' };
  const searched = `${at}/results?q=${needle}`;
  const { items } = await app.get<ResultPage>(searched);
  if (items.length !== 1) throw new Error(`The search found ${items.length} results, and 1 has the word.`);
  return [
    {
      rows: [{ name: 'result page at the end of 100,000', unit: 'ms', floorName: 'first page', bar: 2 }],
      ours: page(last),
      floor: page(null),
    },
    {
      rows: [{ name: 'search 100,000 results', unit: 'ms', floorName: 'scan of the file', bar: 3 }],
      ours: async () => [await timed(() => app.get(searched))],
      floor: async () => [await measure('over-bytes.ts', 'scan', results)],
    },
    {
      rows: [{ name: 'download output.jsonl', unit: 'ms', floorName: 'bare server', bar: 2 }],
      ours: async () => [await drained(`${app.url}${at}/exports/output.jsonl`, app.headers)],
      floor: async () => [await drained(`${bare.url}/?file=${encodeURIComponent(results)}`, {})],
    },
    {
      rows: [{ name: 'CPU of 1,000 polls answered 304', unit: 'ms', floorName: 'bare server', bar: null }],
      ours: async () => [await unchanged(app.pid, app.url + at, headers)],
      floor: async () => [await unchanged(bare.pid, bare.url, {})],
    },
  ];
}

/** By the pages themselves: what a cursor is made of is nobody's business. */
async function cursorNearTheEnd(ask: (query: string) => Promise<ResultPage>): Promise<string> {
  let cursor = '';
  for (let next: string | null = ''; next !== null; ) {
    const found: ResultPage = await ask(`?limit=900${next === '' ? '' : `&cursor=${next}`}`);
    cursor = next === '' ? cursor : next;
    next = found.nextCursor;
  }
  return cursor;
}

async function drained(url: string, headers: HeadersInit): Promise<number> {
  return timed(async () => {
    const answer = await fetch(url, { headers });
    if (!answer.ok) throw new Error(`The download answered ${answer.status}.`);
    for await (const _ of answer.body ?? []);
  });
}

async function unchanged(pid: number, url: string, headers: HeadersInit): Promise<number> {
  const before = cpuMs(pid);
  for (let n = 0; n < polls; n++) {
    const answer = await fetch(url, { headers });
    await answer.arrayBuffer();
    if (answer.status !== 304) throw new Error(`A poll answered ${answer.status}.`);
  }
  return cpuMs(pid) - before;
}
