import { readFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from 'playwright/test';
import { isCreate, type JournalEntry } from '#lib/model/sandbox-journal';
import { type Api, apiOf } from './api.ts';
import { person, type Server, startServer } from './server.ts';

export { expect } from 'playwright/test';

type Mine = {
  api: Api;
  /** Opens a session for the page's browser without walking through the sign-in page. */
  signIn: (page: Page) => Promise<void>;
  /** Fails with a readable list when axe finds anything. */
  axe: (page: Page) => Promise<void>;
};

export const test = base.extend<Mine, { server: Server }>({
  server: [
    async ({ playwright: _ }, use) => {
      const server = await startServer();
      await use(server);
      await server.clear();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.at('localhost')),
  api: async ({ server }, use) => use(apiOf(server)),
  signIn: async ({ server }, use) => {
    await use(async (page) => {
      const cookie = await newSession(server);
      // Set by hand, a `__Host-` cookie is only taken for an https address; on loopback it is then sent over http too.
      const url = server.at('localhost').replace('http:', 'https:');
      await page.context().addCookies([{ ...cookie, url, httpOnly: true, secure: true, sameSite: 'Lax' }]);
    });
  },
  axe: async ({ page: _ }, use) => {
    await use(async (page) => {
      await atRest(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
      expect(found).toEqual([]);
    });
  },
});

/** Half-faded words have too little contrast: what moves in has arrived, what is loaded is there. */
async function atRest(page: Page): Promise<void> {
  await expect(page.locator('[data-skeleton]')).toHaveCount(0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    const ends = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ends.map(({ finished }) => finished));
  });
}

/** The cookie of a fresh session, as `POST /api/session` sets it. */
export async function newSession(server: Pick<Server, 'url'>): Promise<{ name: string; value: string }> {
  const response = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify(person),
  });
  const [, name, value] = /^([^=]+)=([^;]+)/.exec(response.headers.get('set-cookie') ?? '') ?? [];
  if (!name || !value) throw new Error(`No session: ${response.status} ${await response.text()}`);
  return { name, value };
}

/** What reached the built-in provider, by its own record. */
export function sandboxJournal(server: Pick<Server, 'dataDir'>): JournalEntry[] {
  const text = readFileSync(path.join(server.dataDir, 'sandbox', 'journal.jsonl'), 'utf8');
  const whole = text.split('\n').slice(0, -1);
  return whole.flatMap((line) => (line === '' ? [] : [JSON.parse(line) as JournalEntry]));
}

export function acceptedCreates(server: Pick<Server, 'dataDir'>): JournalEntry[] {
  return sandboxJournal(server).filter(isCreate);
}
