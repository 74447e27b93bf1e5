import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import type { Draft } from '#lib/model/draft';
import type { BatchFile } from '#lib/model/file';
import { apiOf } from './api.ts';
import { expect, test } from './fixtures.ts';
import { json, more, section, summary } from './form-screen.ts';
import { createButton, field, openNewBatch, requestRow } from './screen.ts';
import { startServer, token } from './server.ts';

test('the quickstart is built in the form and equals the page, without an error on Infron and Siraya', async ({
  browser,
}) => {
  const connections = ['infron', 'siraya'].map((preset) => ({ name: preset, preset, apiKey: 'sk-made-up' }));
  const users = [{ email: 'op@example.com', password: 'correct horse battery', role: 'admin' }];
  const tokens = [{ name: 'journey', value: token, user: 'op@example.com' }];
  const server = await startServer({ provision: { users, tokens, connections } });
  const page = await browser.newPage({ baseURL: server.url });
  try {
    await signInBy(page, 'op@example.com');
    await openNewBatch(page, 'Form', 'Quickstart');
    await page.getByRole('button', { name: /^Defaults/ }).click();
    await field(page, 'Model').fill('openai/gpt-4o-mini-batch');
    await field(page, 'System').fill('text');
    await field(page, 'max_tokens').fill('1024');
    await field(page, 'temperature').fill('1');
    await section(page, 'Sampling').click();
    await page.getByRole('button', { name: 'Add sequence' }).click();
    await field(page, 'stop_sequences 1').fill('text');
    await field(page, 'top_k').fill('1');
    await field(page, 'top_p').fill('1');
    await section(page, 'Tools').click();
    await more(page, 'tool_choice', 'Send null');
    await field(page, 'tools').fill('[]');
    await section(page, 'Reasoning and output').click();
    await field(page, 'thinking').selectOption('with a budget');
    await field(page, 'thinking budget_tokens').fill('1024');
    await section(page, 'Metadata and more').click();
    await page.getByRole('button', { name: 'Add pair' }).click();
    await field(page, 'metadata name 1').fill('ANY_ADDITIONAL_PROPERTY');
    await field(page, 'metadata value 1').fill('text');
    await requestRow(page, 0).click();
    for (const [n, subject] of ['nestjs', 'Reactjs', 'Nextjs'].entries()) {
      if (n > 0) await page.getByRole('button', { name: 'Add request' }).click();
      await field(page, 'custom_id').fill(`my-request-0${n + 1}`);
      await field(page, 'Message').fill(`How to learn ${subject}?`);
    }
    for (const connection of ['infron', 'siraya', 'Sandbox']) {
      await page.getByRole('combobox', { name: 'Connection' }).click();
      await page.getByRole('option', { name: connection }).click();
      await expect(createButton(page)).not.toHaveAttribute('aria-disabled', 'true');
      await expect(summary(page)).toContainText('3 to note');
      await expect(summary(page)).not.toContainText('to fix');
    }
    const sample = readFileSync('public/samples/quickstart.jsonl', 'utf8');
    await page.getByRole('button', { name: 'All lines' }).click();
    await expect(json(page)).toHaveValue(sample);
    await createButton(page).click();
    await expect(page).toHaveURL(/\/batches\/bat_/);
    const api = apiOf(server);
    const { items } = await api.get<{ items: BatchFile[] }>('/api/files?limit=1');
    expect(await (await api.call('GET', `/api/files/${items[0]?.id}/content`)).text()).toBe(sample);
  } finally {
    await page.context().close();
    await server.clear();
  }
});

test('a draft is handed to a teammate by link, and two who edit it are asked', async ({ browser }) => {
  const people = ['op@example.com', 'ann@example.com'];
  const users = people.map((email) => ({ email, password: 'correct horse battery', role: 'operator' }));
  const tokens = [{ name: 'journey', value: token, user: people[0] }];
  const server = await startServer({ provision: { users, tokens } });
  const [mine, hers] = await Promise.all(people.map(() => browser.newPage({ baseURL: server.url })));
  if (!mine || !hers) throw new Error('two pages are needed');
  try {
    await signInBy(mine, 'op@example.com');
    await openNewBatch(mine, 'Form', 'Handed over');
    await field(mine, 'Message').fill('Begun by me');
    await expect(summary(mine)).toContainText('Draft saved');
    const link = mine.url();
    expect(link).toMatch(/draft=dra_/);

    await hers.goto(link);
    await signInHere(hers, 'ann@example.com');
    await expect(hers).toHaveURL(link);
    await expect(field(hers, 'Message')).toHaveValue('Begun by me');
    await expect(hers.getByLabel('Name', { exact: true })).toHaveValue('Handed over');
    await field(hers, 'Message').fill('Gone on by Ann');
    await expect(summary(hers)).toContainText('Draft saved');

    await mine.evaluate(() => window.dispatchEvent(new Event('focus')));
    await expect(field(mine, 'Message')).toHaveValue('Gone on by Ann');

    await hers.route('**/api/drafts/**', (route) => route.abort());
    await field(hers, 'Message').fill('Ann, cut off');
    await expect(hers.getByText('The draft could not be saved.')).toBeVisible();
    await field(mine, 'Message').fill('Mine, meanwhile');
    await expect(summary(mine)).toContainText('Draft saved');
    await hers.unroute('**/api/drafts/**');
    await expect(hers.getByText(/op@example.com saved this draft/)).toBeVisible();
    await expect(field(hers, 'Message')).toHaveValue('Ann, cut off');
    await hers.getByRole('button', { name: 'Keep mine as a copy' }).click();
    await expect(summary(hers)).toContainText('Draft saved');
    expect(hers.url()).not.toBe(link);

    const { items } = await apiOf(server).get<{ items: Draft[] }>('/api/drafts');
    const kept = await Promise.all(items.map(({ id }) => apiOf(server).get<Draft>(`/api/drafts/${id}`)));
    const said = kept.map(({ form }) => JSON.stringify(form.requests[0]?.own.messages));
    expect(said.sort()).toEqual([
      expect.stringContaining('Ann, cut off'),
      expect.stringContaining('Mine, meanwhile'),
    ]);
  } finally {
    await Promise.all([mine.context().close(), hers.context().close()]);
    await server.clear();
  }
});

async function signInBy(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await signInHere(page, email);
  await expect(page).toHaveURL(/\/batches/);
}

async function signInHere(page: Page, email: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign in' }).click();
}
