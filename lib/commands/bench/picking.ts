import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { findBrowser } from '#lib/commands/browser';
import { type App, startApp } from './app.ts';
import type { Bench, Case } from './case.ts';
import { measure } from './child.ts';
import { writeRequests } from './lines.ts';

/** From the file that is picked to the word that every line is right, on the person's own machine. */
export async function picking({ home, closing }: Bench): Promise<Case[]> {
  const file = await writeRequests(path.join(home, 'picked.jsonl'), 50_000, 4_000);
  const app = await startApp(home);
  closing(app.stop);
  const { executablePath, args, env } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args, env });
  closing(() => browser.close());
  return [
    {
      rows: [{ name: 'picked to ready, 200 MB', unit: 'ms', floorName: 'server’s validation', bar: 3 }],
      ours: async () => [await pick(browser, app, file)],
      floor: async () => [await measure('over-bytes.ts', 'validate', file)],
    },
  ];
}

async function pick(browser: Browser, app: App, file: string): Promise<number> {
  const context = await browser.newContext();
  const [name = '', value = ''] = (await app.signIn()).split('=');
  // Set by hand, a `__Host-` cookie is only taken for an https address; on loopback it is then sent over http too.
  const url = app.url.replace('http:', 'https:');
  await context.addCookies([{ name, value, url, httpOnly: true, secure: true, sameSite: 'Lax' }]);
  const page = await context.newPage();
  await page.goto(`${app.url}/batches/new?door=jsonl`);
  const input = page.getByLabel('JSONL file');
  await input.waitFor({ state: 'attached' });
  const took = timedInPage(page);
  await input.setInputFiles(file);
  const ms = await took;
  await context.close();
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
