import { openAsBlob } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import type { Batch } from '#lib/model/batch';
import type { BatchFile } from '#lib/model/file';
import { isOver } from '#lib/model/phase';
import type { ResultPage } from '#lib/results/list-results';
import { type App, answered, startApp, until } from './app.ts';
import type { Bench, Case, Row } from './case.ts';
import { startEmptyApp } from './empty-app.ts';
import { writeRequests } from './lines.ts';
import { scrolled } from './scrolling.ts';
import { heapMb, longestInteraction, openBrowser, openTab, shownAfter, slowedDown } from './tab.ts';

const count = 100_000;
const table = 'table[aria-label="Results"]';
const first = `${table} tr[aria-rowindex="2"] [data-row]`;

type Ground = {
  app: App;
  browser: Browser;
  batch: Batch;
  ids: Record<'usual' | 'turned' | 'failed', string>;
};

/** What a person who reads 100,000 results waits for, in a real browser. */
export async function browsing(bench: Bench): Promise<Case[]> {
  const ground = await openGround(bench);
  const empty = await startEmptyApp();
  bench.closing(empty.stop);
  const limited = (name: string, limit?: number): Row => ({
    name,
    unit: 'ms',
    floorName: null,
    bar: null,
    ...(limit === undefined ? {} : { limit }),
  });
  const nothing = async () => [];
  return [
    {
      rows: [
        limited('click to the first rows of 100,000', 1_000),
        limited('  jump to the end', 200),
        limited('  order by custom_id'),
        limited('  narrow to what failed'),
        limited('  search, 200 of them the pause in typing'),
      ],
      ours: () => withTab(ground, (page) => read(page, ground)),
      floor: nothing,
    },
    {
      rows: [
        limited('4 times slower: key to narrowed rows', 100),
        limited('  click to the result', 200),
        limited('  longest interaction', 150),
      ],
      ours: () => withTab(ground, (page) => readSlowly(page, ground)),
      floor: nothing,
    },
    {
      rows: [limited('status change to what is seen', 2_000)],
      ours: () => withTab(ground, async (page) => [await cancelled(page, ground.app)]),
      floor: nothing,
    },
    {
      rows: [
        { name: 'time a frame while scrolling', unit: 'ms', floorName: 'bare list', bar: 1.5 },
        { name: '  frames over 32 ms', unit: '%', floorName: 'bare list', bar: null },
        { name: '  heap left by three traversals', unit: 'MB', floorName: 'bare list', bar: null, limit: 30 },
        { name: '  rows that exist at once', unit: '', floorName: 'bare list', bar: null, limit: 80 },
      ],
      ours: () =>
        withTab(ground, async (page) => {
          await openBatch(page, ground);
          return scrolled(page, `div:has(> ${table})`);
        }),
      floor: () =>
        withTab(ground, async (page) => {
          await page.goto(`${empty.url}/list`);
          await heapMb(page);
          return scrolled(page, '[data-scroller]');
        }),
    },
  ];
}

async function openGround(bench: Bench): Promise<Ground> {
  const app = await startApp(bench.home);
  bench.closing(app.stop);
  const file = await writeRequests(path.join(bench.home, 'browsed.jsonl'), count, 300, 'sandbox/flaky');
  const batch = await until(app, await send(app, file, 'Browsed'), ({ phase }) => isOver(phase));
  const idOf = async (query: string) =>
    (await app.get<ResultPage>(`/api/batches/${batch.id}/results?limit=1&${query}`)).items[0]?.customId ?? '';
  const ids = {
    usual: await idOf(''),
    turned: await idOf('sort=-customId'),
    failed: await idOf('outcome=failed'),
  };
  return { app, browser: await openBrowser(bench), batch, ids };
}

async function send(app: App, file: string, name: string): Promise<string> {
  const sent = { method: 'POST', headers: app.headers, body: await openAsBlob(file) };
  const { id: fileId } = await answered<BatchFile>(
    await fetch(`${app.url}/api/files?name=${name}.jsonl`, sent),
  );
  const order = { fileId, connection: 'Sandbox', name };
  return (await answered<Batch>(await app.call('POST', '/api/batches', order))).id;
}

async function withTab({ browser, app }: Ground, work: (page: Page) => Promise<number[]>): Promise<number[]> {
  const page = await openTab(browser, app);
  try {
    return await work(page);
  } finally {
    await page.context().close();
  }
}

async function openBatch(page: Page, { app, batch }: Ground): Promise<void> {
  await page.goto(`${app.url}/batches/${batch.id}`);
  await page.locator(first).waitFor();
}

async function read(page: Page, { app, batch, ids }: Ground): Promise<number[]> {
  await page.goto(`${app.url}/batches`);
  const link = page.getByRole('link', { name: batch.name });
  const rows = await shownAfter(page, 'click', { selector: first, text: ids.usual }, () => link.click());
  const jump = await jumped(page);
  const head = page.locator(`${table} th`).filter({ hasText: 'custom_id' }).getByRole('button');
  await head.click();
  const ordered = await shownAfter(page, 'click', { selector: first, text: ids.turned }, () => head.click());
  await page.goto(`${app.url}/batches/${batch.id}`);
  const chip = page.getByRole('button', { name: /^failed/ });
  const narrowed = await shownAfter(page, 'click', { selector: first, text: ids.failed }, () => chip.click());
  await page.goto(`${app.url}/batches/${batch.id}`);
  const search = page.getByRole('searchbox', { name: 'Search results' });
  const wanted = { selector: first, text: ids.failed };
  await page.locator(first).waitFor();
  return [
    rows,
    jump,
    ordered,
    narrowed,
    await shownAfter(page, 'input', wanted, () => search.fill(ids.failed)),
  ];
}

/** As with the scroll bar: at once to where the last row stands. */
function jumped(page: Page): Promise<number> {
  return page.evaluate(
    ({ table, last }) =>
      new Promise<number>((resolve) => {
        const box = document.querySelector(table)?.parentElement;
        const began = performance.now();
        if (box) box.scrollTop = box.scrollHeight;
        const look = () =>
          document.querySelector(last) ? resolve(performance.now() - began) : requestAnimationFrame(look);
        requestAnimationFrame(look);
      }),
    { table, last: `${table} tr[aria-rowindex="${count + 1}"] [data-row]` },
  );
}

async function readSlowly(page: Page, ground: Ground): Promise<number[]> {
  const { ids } = ground;
  await openBatch(page, ground);
  await slowedDown(page, 4);
  for (let n = 0; n < 10; n++) await page.keyboard.press('j');
  const chip = page.getByRole('button', { name: /^failed/ });
  await chip.focus();
  const narrowed = await shownAfter(page, 'keydown', { selector: first, text: ids.failed }, () =>
    page.keyboard.press('Enter'),
  );
  const row = page.locator(first);
  const opened = await shownAfter(page, 'click', { selector: 'h1', text: ids.failed }, () => row.click());
  return [narrowed, opened, await longestInteraction(page)];
}

/** Somebody else cancels: from our answer to the word on the page of a batch that is open. */
async function cancelled(page: Page, app: App): Promise<number> {
  const file = await writeRequests(path.join(app.home, 'hour.jsonl'), 10, 300, 'sandbox/hour');
  const id = await send(app, file, 'To be cancelled');
  await until(app, id, ({ phase }) => phase === 'running');
  await page.goto(`${app.url}/batches/${id}`);
  const status = page.getByRole('region', { name: 'Status' });
  await status
    .getByText(/running/i)
    .first()
    .waitFor();
  await app.call('POST', `/api/batches/${id}/cancellation`, {});
  const began = performance.now();
  await status
    .getByText(/cancel/i)
    .first()
    .waitFor();
  return performance.now() - began;
}
