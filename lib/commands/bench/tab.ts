import { type Browser, chromium, type Page } from 'playwright';
import { findBrowser } from '#lib/commands/browser';
import type { App } from './app.ts';
import type { Bench } from './case.ts';

export async function openBrowser({ closing }: Pick<Bench, 'closing'>): Promise<Browser> {
  const { executablePath, args, env } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args, env });
  closing(() => browser.close());
  return browser;
}

/** A tab of somebody who is signed in, in a profile of its own. */
export async function openTab(browser: Browser, app: App): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const [name = '', value = ''] = (await app.signIn()).split('=');
  // Set by hand, a `__Host-` cookie is only taken for an https address; on loopback it is then sent over http too.
  const url = app.url.replace('http:', 'https:');
  await context.addCookies([{ name, value, url, httpOnly: true, secure: true, sameSite: 'Lax' }]);
  await context.addInitScript(watchInteractions);
  return context.newPage();
}

/** How long until the page shows what is wanted, from the event that asks for it, by the page's own clock and frames. */
export async function shownAfter(
  page: Page,
  event: 'click' | 'keydown' | 'input',
  wanted: { selector: string; text?: string },
  act: () => Promise<unknown>,
): Promise<number> {
  const took = await page.evaluateHandle(
    ({ event, selector, text }) => {
      const isShown = () =>
        [...document.querySelectorAll(selector)].some((one) => one.textContent?.includes(text ?? ''));
      const shown = new Promise<number>((resolve, reject) => {
        const begin = ({ timeStamp }: Event) => {
          const look = () =>
            isShown() ? resolve(performance.now() - timeStamp) : requestAnimationFrame(look);
          requestAnimationFrame(look);
        };
        document.addEventListener(event, begin, { capture: true, once: true });
        setTimeout(() => reject(new Error(`${selector} never said ${text}.`)), 30_000);
      });
      // A promise by itself would be waited for here, before anything has been done.
      return { shown };
    },
    { event, ...wanted },
  );
  await act();
  return took.evaluate(({ shown }) => shown);
}

/** The longest that any interaction kept the page from drawing, since the page was loaded. */
export function longestInteraction(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { longest: number }).longest);
}

function watchInteractions(): void {
  const seen = window as unknown as { longest: number };
  seen.longest = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[])
      if (entry.interactionId) seen.longest = Math.max(seen.longest, entry.duration);
  }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
}

export async function slowedDown(page: Page, times: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: times });
}

/** What a tab holds when its garbage is gone. */
export async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}
