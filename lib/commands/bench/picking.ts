import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { type App, startApp } from './app.ts';
import type { Bench, Case } from './case.ts';
import { measure } from './child.ts';
import { writeRequests } from './lines.ts';
import { openBrowser, openTab } from './tab.ts';

/** From the file that is picked to the word that every line is right, on the person's own machine. */
export async function picking({ home, closing }: Bench): Promise<Case[]> {
  const file = await writeRequests(path.join(home, 'picked.jsonl'), 50_000, 4_000);
  const app = await startApp(home);
  closing(app.stop);
  const browser = await openBrowser({ closing });
  return [
    {
      rows: [{ name: 'picked to ready, 200 MB', unit: 'ms', floorName: 'server’s validation', bar: 3 }],
      ours: async () => [await pick(browser, app, file)],
      floor: async () => [await measure('over-bytes.ts', 'validate', file)],
    },
  ];
}

async function pick(browser: Browser, app: App, file: string): Promise<number> {
  const page = await openTab(browser, app);
  await page.goto(`${app.url}/batches/new?door=jsonl`);
  const input = page.getByLabel('JSONL file');
  await input.waitFor({ state: 'attached' });
  const took = timedInPage(page);
  await input.setInputFiles(file);
  const ms = await took;
  await page.context().close();
  return ms;
}

/** By the page's own clock, so that how often somebody looks does not count. */
function timedInPage(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const isReady = () => document.querySelector('main')?.textContent?.includes('every line is right');
        document.addEventListener(
          'change',
          () => {
            const began = performance.now();
            const watch = new MutationObserver(() => {
              if (!isReady()) return;
              watch.disconnect();
              resolve(performance.now() - began);
            });
            watch.observe(document.body, { subtree: true, childList: true, characterData: true });
          },
          { capture: true, once: true },
        );
      }),
  );
}
