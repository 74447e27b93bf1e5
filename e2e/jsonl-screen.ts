import { expect, type Page } from 'playwright/test';

/** One request line, with more members after its messages. */
export const params = (id: string, more = '') =>
  `{"custom_id":"${id}","params":{"model":"sandbox/instant","max_tokens":16,"messages":[{"role":"user","content":"Hi"}]${more}}}`;

export function pick(page: Page, ...files: [name: string, text: string][]): Promise<void> {
  return page
    .getByLabel('JSONL file')
    .setInputFiles(files.map(([name, text]) => ({ name, mimeType: '', buffer: Buffer.from(text) })));
}

export const right = (page: Page, requests: number) =>
  expect(
    page.getByText(`${requests} request${requests === 1 ? '' : 's'}, every line is right.`),
  ).toBeVisible();
