import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright/test';
import type { Draft } from '#lib/model/draft';
import type { BatchFile } from '#lib/model/file';
import { apiOf } from './api.ts';
import { expect, test } from './fixtures.ts';
import { createButton, expectOver, field, fillRequest, openNewBatch, reach, requestRow } from './screen.ts';
import { startServer, token } from './server.ts';

const json = (page: Page) => page.getByRole('textbox', { name: /^JSON of/ });
const value = async (page: Page) => JSON.parse(await json(page).inputValue()) as Record<string, unknown>;
const rows = (page: Page) => page.getByRole('listbox', { name: 'Requests' }).getByRole('option');
const section = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const summary = (page: Page) => page.getByRole('complementary', { name: 'Summary' });

test('a request with turns, an image, tools and a schema is built and sent as it stands in the JSON', async ({
  page,
  signIn,
  api,
}) => {
  await signIn(page);
  await openNewBatch(page, 'Form', 'Every kind of field');
  await field(page, 'Message').fill('What is in this picture?');
  await more(page, 'turn 1', 'Add image by address');
  await page.getByLabel('Message, part 2, address of the image').fill('https://example.com/cat.png');
  await page.getByRole('button', { name: 'Add turn' }).click();
  await field(page, 'Message 2').fill('I will look.');
  await more(page, 'turn 2', 'Add tool call');
  await page.getByLabel('Message 2, part 2, id of the tool call').fill('call_1');
  await page.getByLabel('Message 2, part 2, name of the tool').fill('look');
  await page.getByLabel('Message 2, part 2, input of the tool').fill('{"depth": 2}');
  await section(page, 'Sampling').click();
  await field(page, 'top_p').fill('0.9');
  await section(page, 'Tools').click();
  await page.getByRole('button', { name: 'Add tool' }).click();
  await section(page, 'Reasoning and output').click();
  await field(page, 'response_format').selectOption('JSON by a schema');
  await section(page, 'Metadata and more').click();
  await field(page, 'Extra parameters').fill('{"service_tier": "flex"}');
  const schema = {
    type: 'object',
    properties: { answer: { type: 'string' } },
    required: ['answer'],
    additionalProperties: false,
  };
  const expected = {
    custom_id: 'row-1',
    params: {
      model: 'sandbox/instant',
      max_tokens: 1024,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is in this picture?' },
            { type: 'image', source: { type: 'url', url: 'https://example.com/cat.png' } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'I will look.' },
            { type: 'tool_use', id: 'call_1', name: 'look', input: { depth: 2 } },
          ],
        },
      ],
      tools: [expect.objectContaining({ name: 'tool_1', input_schema: expect.any(Object) })],
      top_p: 0.9,
      response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
      service_tier: 'flex',
    },
  };
  await expect.poll(() => value(page)).toEqual(expected);
  await createButton(page).click();
  await expectOver(page);
  const { items } = await api.get<{ items: BatchFile[] }>('/api/files?limit=1');
  const sent = await (await api.call('GET', `/api/files/${items[0]?.id}/content`)).text();
  expect(JSON.parse(sent)).toEqual(expected);
});

test('form and JSON follow each other, and half-typed JSON leaves the form as it was', async ({
  page,
  signIn,
}) => {
  await signIn(page);
  await openNewBatch(page, 'Form', 'Both ways');
  await field(page, 'Message').fill('From the form');
  await expect(json(page)).toHaveValue(/From the form/);
  const line = await value(page);
  await json(page).fill(JSON.stringify(line).replace('From the form', 'From the JSON').replace('1024', '77'));
  await expect(field(page, 'Message')).toHaveValue('From the JSON');
  await expect(field(page, 'max_tokens')).toHaveValue('77');
  await json(page).fill('{"custom_id": "row-1", "params": {');
  await expect(page.getByRole('region', { name: 'JSON' })).toContainText('Line 1, column');
  await expect(field(page, 'Message')).toHaveValue('From the JSON');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(json(page)).toHaveValue(/From the JSON/);
  await json(page).fill('{"custom_id": "row-1", "params": {"model": "m", "temperature": "hot"}}');
  await expect(field(page, 'temperature')).toHaveValue('hot');
  await expect(summary(page)).toContainText(/to fix/);
});

test('what is set for all, for one and for none is told apart', async ({ page, signIn }) => {
  await signIn(page);
  await openNewBatch(page, 'Form', 'Defaults');
  await fillRequest(page, 0, 'a', 'One');
  await page.getByRole('button', { name: /^Defaults/ }).click();
  await field(page, 'temperature').fill('0.5');
  await requestRow(page, 0).click();
  await expect(field(page, 'temperature')).toHaveValue('0.5');
  await expect(place(page, 'temperature')).toContainText('default');
  await field(page, 'temperature').fill('1');
  await expect(place(page, 'temperature')).toContainText('own value');
  await more(page, 'temperature', 'Do not send it');
  await expect(place(page, 'temperature')).toContainText('left out');
  await expect.poll(async () => (await value(page)).params).not.toHaveProperty('temperature');
  await page.getByRole('button', { name: 'Use the default for temperature' }).click();
  await expect(field(page, 'temperature')).toHaveValue('0.5');
  await section(page, 'Tools').click();
  await more(page, 'tool_choice', 'Send null');
  await expect.poll(async () => (await value(page)).params).toMatchObject({ tool_choice: null });
});

test('requests are gathered, changed together, moved, copied and deleted with a way back', async ({
  page,
  signIn,
}) => {
  await signIn(page);
  await openNewBatch(page, 'Form', 'Many at once');
  for (let n = 0; n < 4; n++) {
    if (n > 0) await page.getByRole('button', { name: 'Add request' }).click();
    await field(page, 'Message').fill(`Question ${n + 1}`);
  }
  await requestRow(page, 1).click();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('heading', { name: '2 requests', exact: true })).toBeVisible();
  await field(page, 'temperature').fill('0.2');
  await page.getByLabel('custom_id pattern').fill('q-{n}');
  await page.getByRole('button', { name: 'Renumber' }).click();
  await expect
    .poll(() => lines(page))
    .toMatchObject([
      { custom_id: 'row-1', params: { max_tokens: 1024 } },
      { custom_id: 'q-1', params: { temperature: 0.2 } },
      { custom_id: 'q-2', params: { temperature: 0.2 } },
      { custom_id: 'row-4' },
    ]);
  await page.getByRole('listbox', { name: 'Requests' }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect
    .poll(async () => (await lines(page)).map((line) => line.custom_id))
    .toEqual(['q-1', 'q-2', 'row-1', 'row-4']);
  await page.getByRole('listbox', { name: 'Requests' }).focus();
  await page.keyboard.press('Control+d');
  await expect(requestRow(page, 1)).toContainText('q-1-copy');
  await page.keyboard.press('Delete');
  await expect(rows(page)).toHaveCount(4);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(requestRow(page, 1)).toContainText('q-1-copy');
  await expect(rows(page)).toHaveCount(6);
});

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

test('a form of 300 requests keeps few of them on the page and answers at once', async ({ page, signIn }) => {
  await signIn(page);
  await openNewBatch(page, 'Form', 'Three hundred');
  await page.getByRole('button', { name: 'All lines' }).click();
  const written = Array.from({ length: 300 }, (_, n) => ({
    custom_id: `row-${n + 1}`,
    params: {
      model: 'sandbox/instant',
      max_tokens: 1024,
      messages: [{ role: 'user', content: `Question ${n + 1}. ${'Some words to go with it. '.repeat(20)}` }],
    },
  }));
  await json(page).fill(written.map((row) => JSON.stringify(row)).join('\n'));
  await expect(summary(page)).toContainText('300');
  expect(await rows(page).count()).toBeLessThan(60);
  await page.getByRole('listbox', { name: 'Requests' }).focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('heading', { name: 'Request 300' })).toBeVisible();
  await field(page, 'Message').fill('');
  const slowest = await slowestKey(page, field(page, 'Message'), 'typed into the last of three hundred');
  test.info().annotations.push({ type: 'slowest key', description: `${Math.round(slowest)} ms` });
  await expect(requestRow(page, -1)).toContainText('typed into the last');
  await createButton(page).click();
  await expectOver(page);
});

test('the form is worked by keyboard alone', async ({ page, signIn }) => {
  await signIn(page);
  await page.goto('/batches/new');
  await reach(page, page.getByRole('button', { name: 'Add request' }));
  await page.keyboard.press('Enter');
  await expect(field(page, 'custom_id')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('second');
  await reach(page, field(page, 'Message'));
  await page.keyboard.type('By keyboard');
  await reach(page, section(page, 'Sampling'));
  await page.keyboard.press('Enter');
  await reach(page, field(page, 'top_p'));
  await page.keyboard.type('0.5');
  await reach(page, page.getByRole('listbox', { name: 'Requests' }), 'Shift+Tab');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('heading', { name: 'Request 1' })).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(field(page, 'custom_id')).toBeFocused();
  await expect(field(page, 'custom_id')).toHaveValue('second');
  await reach(page, createButton(page));
  await page.keyboard.press('Enter');
  await expectOver(page);
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the form with everything open, ${theme}`, async ({ page, signIn, axe }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await signIn(page);
    await openNewBatch(page, 'Form', 'Looked at');
    for (const name of ['Sampling', 'Tools', 'Reasoning and output', 'Metadata and more']) {
      await section(page, name).click();
    }
    await page.getByRole('button', { name: 'Add pair' }).click();
    await page.getByRole('button', { name: 'Add sequence' }).click();
    await page.getByRole('button', { name: 'Add tool' }).click();
    await page.getByRole('button', { name: 'Add turn' }).click();
    await field(page, 'thinking').selectOption('with a budget');
    await field(page, 'temperature').fill('9');
    await field(page, 'response_format').selectOption('JSON by a schema');
    await expect(field(page, 'response_format schema')).toBeVisible();
    await axe(page);
    await page.getByRole('button', { name: 'Add request' }).click();
    await page.getByRole('listbox', { name: 'Requests' }).focus();
    await page.keyboard.press('ControlOrMeta+a');
    await expect(page.getByRole('heading', { name: '2 requests', exact: true })).toBeVisible();
    await axe(page);
  });
}

async function more(page: Page, of: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `More about ${of}`, exact: true }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

function place(page: Page, param: string): Locator {
  return page.locator(`[data-param="${param}"]`);
}

async function lines(page: Page): Promise<{ custom_id: string }[]> {
  await page.getByRole('button', { name: 'All lines' }).click();
  const text = await json(page).inputValue();
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as { custom_id: string }]));
}

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

/** Milliseconds from a key to the next picture, for the slowest of them. */
async function slowestKey(page: Page, box: Locator, text: string): Promise<number> {
  let slowest = 0;
  for (const key of text) {
    const start = performance.now();
    await box.press(key === ' ' ? 'Space' : key);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(null))));
    slowest = Math.max(slowest, performance.now() - start);
  }
  return slowest;
}
