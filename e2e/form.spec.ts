import type { Locator, Page } from 'playwright/test';
import type { BatchFile } from '#lib/model/file';
import { expect, test } from './fixtures.ts';
import { json, jsonOf, more, section, summary } from './form-screen.ts';
import { createButton, expectOver, field, fillRequest, openNewBatch, requestRow } from './screen.ts';

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
  await expect.poll(() => jsonOf(page)).toEqual(expected);
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
  const line = await jsonOf(page);
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
  await expect.poll(async () => (await jsonOf(page)).params).not.toHaveProperty('temperature');
  await page.getByRole('button', { name: 'Use the default for temperature' }).click();
  await expect(field(page, 'temperature')).toHaveValue('0.5');
  await section(page, 'Tools').click();
  await more(page, 'tool_choice', 'Send null');
  await expect.poll(async () => (await jsonOf(page)).params).toMatchObject({ tool_choice: null });
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

function place(page: Page, param: string): Locator {
  return page.locator(`[data-param="${param}"]`);
}
