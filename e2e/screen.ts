import { expect, type Locator, type Page } from 'playwright/test';
import { person } from './server.ts';

/** Words of the screen that several journeys say. Everything is found by role and name. */
export async function createAccount(page: Page, setupLink: string): Promise<void> {
  await page.goto(setupLink);
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('button', { name: 'Send the sample' })).toBeVisible();
}

export async function openNewBatch(page: Page, tab: 'Form' | 'JSONL', name: string): Promise<void> {
  await page.goto('/batches/new');
  await page.getByRole('tab', { name: tab }).click();
  if (tab === 'JSONL') await expect(page.getByLabel('JSONL file')).toBeAttached();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await choose(page.getByRole('combobox', { name: 'Connection' }), 'Sandbox');
}

/** Fills the n-th request of the form, counted from nought, in the one editor there is. */
export async function fillRequest(page: Page, n: number, customId: string, message: string): Promise<void> {
  await requestRow(page, n).click();
  await field(page, 'custom_id').fill(customId);
  await field(page, 'Model').fill('sandbox/instant');
  await field(page, 'Message').fill(message);
  await field(page, 'max_tokens').fill('64');
}

export function requestRow(page: Page, n: number): Locator {
  return page.getByRole('listbox', { name: 'Requests' }).getByRole('option').nth(n);
}

export function field(page: Page, name: string): Locator {
  return page.getByLabel(name, { exact: true });
}

async function choose(box: Locator, choice: string): Promise<void> {
  if ((await box.evaluate((element) => element.tagName)) === 'SELECT') {
    await box.selectOption({ label: choice });
    return;
  }
  const shown = `${await box.textContent()}${await box.inputValue().catch(() => '')}`;
  if (shown === choice) return;
  await box.click();
  const page = box.page();
  await page
    .getByRole('option')
    .filter({ has: page.getByText(choice, { exact: true }) })
    .click();
}

export function createButton(page: Page): Locator {
  return page.getByRole('button', { name: 'Create batch' });
}

export async function expectOver(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/batches\/bat_/);
  await expect(page.getByRole('region', { name: 'Status' })).toContainText(/completed/i, { timeout: 30_000 });
}

export function resultsTable(page: Page): Locator {
  return page.getByRole('table', { name: 'Results' }).or(page.getByRole('grid', { name: 'Results' }));
}

/** Makes a link in the share dialog and answers its address. */
export async function makeLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create link' }).click();
  let link = '';
  await expect(async () => {
    const fields = await dialog
      .getByRole('textbox')
      .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value));
    link = /https?:\/\/\S+\/s\/[\w-]{43}/.exec([...fields, await dialog.textContent()].join(' '))?.[0] ?? '';
    expect(link).not.toBe('');
  }).toPass({ timeout: 30_000 });
  return link;
}

/** Tabs until it has the focus, as a person would. */
export async function reach(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  await expect(target).toBeVisible();
  for (let i = 0; i < 80; i++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never reached ${target}`);
}
